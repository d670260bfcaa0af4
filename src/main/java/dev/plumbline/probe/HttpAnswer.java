package dev.plumbline.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.cluster.FieldPath;
import java.util.Optional;

/** What a server answered, whatever the status. */
public record HttpAnswer(int status, String contentType, String body) {

    /** A field of the JSON that the body is; absent also when it is none. */
    public Optional<String> field(FieldPath path) {
        try {
            return path.in(new ObjectMapper().readValue(body, Object.class)).map(ObjectField::text);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return status + (contentType.isEmpty() ? "" : " " + contentType) + (body.isBlank() ? "" : ": " + body.strip());
    }
}
