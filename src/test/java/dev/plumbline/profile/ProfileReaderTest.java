package dev.plumbline.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.profile.Profile.BadProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileReaderTest {

    @TempDir
    private Path directory;

    @Test
    void readsEverything() throws IOException {
        Profile profile = read("""
                clusterUid: 1234
                writable: [shop]
                values: {namespace: shop, port: 80}
                waivers:
                  - {criterion: X-01, reason: new disk is ordered, owner: ops, expires: 2027-01-31}
                """);

        assertThat(profile.clusterUid()).contains("1234");
        assertThat(profile.writable()).containsExactly("shop");
        assertThat(profile.values()).containsEntry("port", "80");
        assertThat(profile.waivers().get(0).expires()).isEqualTo(LocalDate.of(2027, 1, 31));
    }

    @Test
    void anEmptyProfileIsOne() throws IOException {
        assertThat(read("# nothing yet\n").values()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            vlaues: {}                                     | unknown key vlaues
            values: [a]                                    | values should be a map
            writable: shop                                 | writable should be a list
            values: {a: {b: c}}                            | values.a should be a text
            waivers: [{criterion: X}]                      | waivers[0]
            waivers: [{criterion: X, reason: r, owner: o, expires: soon}] | expected a day
            "a: [": 1                                      | unknown key
            values: {a: b                                  | not YAML
            """)
    void refusesWhatItDoesNotKnow(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(BadProfile.class)
                .hasMessageContaining("profile.yaml")
                .hasMessageContaining(message);
    }

    private Profile read(String text) throws IOException {
        return new ProfileReader().read(Files.writeString(directory.resolve("profile.yaml"), text));
    }
}
