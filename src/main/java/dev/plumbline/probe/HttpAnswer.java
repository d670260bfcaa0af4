package dev.plumbline.probe;

/** What a server answered, whatever the status. */
public record HttpAnswer(int status, String contentType, String body) {

    @Override
    public String toString() {
        return status + (contentType.isEmpty() ? "" : " " + contentType) + (body.isBlank() ? "" : ": " + body.strip());
    }
}
