package dev.plumbline.report;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Timeline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * {@code record.json.gz}: the whole record of a run, masked, so that its pages can be rendered again. Its form is ours and
 * changes with its number; {@code statement.json} is what others read.
 */
final class RecordFile {

    static final String NAME = "record.json.gz";
    private static final int SCHEMA = 1;

    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addSerializer(Duration.class, ToStringSerializer.instance)
                    .addSerializer(LocalDate.class, ToStringSerializer.instance)
                    .addSerializer(new OptionalWriter())
                    .addDeserializer(Instant.class, new FromText<>(Instant.class, Instant::parse))
                    .addDeserializer(Duration.class, new FromText<>(Duration.class, Duration::parse))
                    .addDeserializer(LocalDate.class, new FromText<>(LocalDate.class, LocalDate::parse))
                    .addDeserializer(Optional.class, new OptionalReader<>(null))
                    .setMixInAnnotation(Observation.class, Named.class)
                    .setMixInAnnotation(Timeline.class, AsStored.class)
                    .registerSubtypes(
                            Observation.Seen.class,
                            Observation.Absent.class,
                            Observation.Unreachable.class,
                            Observation.Blocked.class))
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    private static final ObjectWriter WRITER = JSON.writerFor(Stored.class);
    private static final ObjectReader READER = JSON.readerFor(Stored.class);

    private RecordFile() {}

    private record Stored(int schema, RunRecord run) {}

    static void write(RunRecord masked, Path folder) throws IOException {
        AtomicFile.write(folder.resolve(NAME), out -> {
            try (OutputStream packed = new QuickGzip(out)) {
                WRITER.writeValue(packed, new Stored(SCHEMA, masked));
            }
        });
    }

    /** @throws IOException when there is none, or none of this form; its message says what to do */
    static RunRecord read(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            throw new IOException(folder + ": no stored run there (" + NAME
                    + "); name a folder that `plumbline verify` wrote, or one that holds such folders");
        }
        try (InputStream packed = new GZIPInputStream(Files.newInputStream(file))) {
            Stored stored = READER.readValue(packed);
            if (stored.schema() != SCHEMA) {
                throw new IOException("its form is number " + stored.schema() + ", expected " + SCHEMA);
            }
            return stored.run();
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new IOException(
                    file + ": not a run that this version can read: " + why + "; run `plumbline verify` again", e);
        }
    }

    /** A run is waiting for it: half the time for a few percent more bytes. */
    private static final class QuickGzip extends GZIPOutputStream {
        QuickGzip(OutputStream out) throws IOException {
            super(out, 1 << 13);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "is")
    private interface Named {}

    @JsonSerialize(converter = ToStored.class)
    @JsonDeserialize(converter = FromStored.class)
    private interface AsStored {}

    record StoredTimeline(List<Timeline.Stretch> stretches, int looks, int dropped, Duration gaps) {}

    static final class ToStored extends StdConverter<Timeline, StoredTimeline> {
        @Override
        public StoredTimeline convert(Timeline seen) {
            return new StoredTimeline(seen.stretches(), seen.looks(), seen.dropped(), seen.gaps());
        }
    }

    static final class FromStored extends StdConverter<StoredTimeline, Timeline> {
        @Override
        public Timeline convert(StoredTimeline stored) {
            return Timeline.of(stored.stretches(), stored.looks(), stored.dropped(), stored.gaps());
        }
    }

    private static final class FromText<T> extends FromStringDeserializer<T> {
        private static final long serialVersionUID = 1;

        private final transient Function<String, T> parse;

        FromText(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        protected T _deserialize(String text, DeserializationContext context) {
            return parse.apply(text);
        }
    }

    private static final class OptionalWriter extends JsonSerializer<Optional<?>> {
        @Override
        public void serialize(Optional<?> value, JsonGenerator out, SerializerProvider provider) throws IOException {
            provider.defaultSerializeValue(value.orElse(null), out);
        }

        @Override
        @SuppressWarnings("unchecked")
        public Class<Optional<?>> handledType() {
            return (Class<Optional<?>>) (Class<?>) Optional.class;
        }
    }

    private static final class OptionalReader<T> extends JsonDeserializer<Optional<T>>
            implements ContextualDeserializer {
        private final @org.jspecify.annotations.Nullable JavaType content;

        OptionalReader(@org.jspecify.annotations.Nullable JavaType content) {
            this.content = content;
        }

        @Override
        public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty property) {
            return new OptionalReader<T>(property.getType().containedType(0));
        }

        @Override
        public Optional<T> deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return Optional.of(context.readValue(in, content));
        }

        @Override
        public Optional<T> getNullValue(DeserializationContext context) {
            return Optional.empty();
        }
    }
}
