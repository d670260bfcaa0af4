package dev.plumbline.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class YamlDocumentTest {

    @Test
    void plainValuesMeanWhatFluxMakesOfThem() throws YamlException {
        Map<String, Object> map = read("""
                        octal: 0644
                        octal12: 0o17
                        hex: 0x1F
                        long: 3000000000
                        thousand: 1_000
                        exponent: 1e3
                        half: -.5
                        not_octal: 08
                        on: on
                        yes: yes
                        date: 2026-11-20
                        time: 12:30
                        version: 1.2.3
                        text: !!str 5
                        quoted: "5"
                        nothing:
                        true: True
                        """).get(0).map();

        assertThat(map)
                .containsEntry("octal", 420)
                .containsEntry("octal12", 15)
                .containsEntry("hex", 31)
                .containsEntry("long", 3_000_000_000L)
                .containsEntry("thousand", 1000)
                .containsEntry("exponent", 1000)
                .containsEntry("half", -0.5)
                .containsEntry("not_octal", 8)
                .containsEntry("on", "on")
                .containsEntry("yes", "yes")
                .containsEntry("date", "2026-11-20")
                .containsEntry("time", "12:30")
                .containsEntry("version", "1.2.3")
                .containsEntry("text", "5")
                .containsEntry("quoted", "5")
                .containsEntry("nothing", null)
                .containsEntry("true", true);
    }

    @Test
    void anchorsAndMergeKeysAreFolded() throws YamlException {
        Map<String, Object> map = read("base: &b {x: 1, y: 2}\nmore: {<<: *b, y: 3}\nboth: {<<: [*b, {z: 9}]}\n")
                .get(0)
                .map();

        assertThat(map.get("more")).isEqualTo(Map.of("x", 1, "y", 3));
        assertThat(map.get("both")).isEqualTo(Map.of("x", 1, "y", 2, "z", 9));
    }

    @Test
    void everyFieldKnowsItsLine() throws YamlException {
        List<YamlDocument> documents =
                read("# first\n---\na: 1\n---\n# nothing\n---\nb:\n  list:\n  - x: 1\n    y: 2\n");

        assertThat(documents).hasSize(2);
        assertThat(documents.get(0).line()).isEqualTo(3);
        YamlDocument second = documents.get(1);
        assertThat(second.line()).isEqualTo(7);
        assertThat(second.line(List.of("b", "list", 0, "y"))).isEqualTo(10);
        assertThat(second.line(List.of("b", "list", 5, "y"))).isEqualTo(8);
        assertThat(second.line(List.of("none"))).isEqualTo(7);
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        refused("a: 1\nb:\n  c: 1\n  c: 2\n", "f.yaml:4:3: key \"c\" is there twice, first on line 3");
        refused("a: [1, 2\nb: 3\n", "f.yaml:2:2: not YAML");
        refused("a: b: c\n", "f.yaml:1:5: not YAML: mapping values are not allowed here");
        refused("a: !secret x\n", "f.yaml:1:4: tag !secret is not supported");
        refused("a: &a [*a]\n", "f.yaml:1:4: an alias refers to what it is part of");
        refused("{{ range .Values }}\n", "f.yaml:1:");
        assertThatThrownBy(() -> YamlDocument.read("f.yaml", new byte[] {(byte) 0xff, (byte) 0xfe}))
                .hasMessage("f.yaml:1:1: not YAML: the file is not UTF-8 text");
    }

    @Test
    void aBombOfAliasesIsRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            String alias = "*a" + (i - 1);
            bomb.append("a%d: &a%d [%s]\n"
                    .formatted(
                            i,
                            i,
                            String.join(
                                    ", ",
                                    Arrays.asList(
                                            alias.concat(" ").repeat(9).trim().split(" ")))));
        }
        refused(bomb.toString(), "alias");
    }

    private static void refused(String text, String message) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(YamlException.class).hasMessageContaining(message);
    }

    private static List<YamlDocument> read(String text) throws YamlException {
        return YamlDocument.read("f.yaml", text.getBytes(UTF_8));
    }
}
