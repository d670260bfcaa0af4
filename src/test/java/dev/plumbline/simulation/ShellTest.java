package dev.plumbline.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.cluster.Target;
import dev.plumbline.simulation.shell.Shell;
import dev.plumbline.simulation.system.FakeFiles;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellTest {

    private final Bed bed = new Bed();
    private final Shell shell = new Shell(
            new FakeFiles(), Map.of("HOME", "/root", "LIST", "a b  c"), "host-1", "default", bed.cluster.world());

    @AfterEach
    void close() {
        bed.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\0',
            value = {
                "echo hello ~ hello",
                "echo 'a  b' \"c $HOME\" ~ a  b c /root",
                "for x in $LIST; do printf '%s,' $x; done ~ a,b,c,",
                "echo \"$LIST\" | wc -c ~ 7",
                "A=1; B=$((A + 2 * 3)); echo $B ~ 7",
                "false && echo no || echo yes ~ yes",
                "if [ -n \"$HOME\" ] && [ 3 -gt 2 ]; then echo in; else echo out; fi ~ in",
                "echo ${NONE:-other} ${HOME#/} ${#HOME} ~ other root 5",
                "seq 3 | tail -n 1 ~ 3",
                "printf 'b\\na\\n' | sort | head -n 1 ~ a",
                "echo abc | grep -c b ~ 1",
                "echo precious | sha256sum | cut -d' ' -f1 | head -c 8 ~ 4d2a5b8c",
                "hostname ~ host-1",
                "x=$(echo in $(echo deep)); echo $x ~ in deep",
                "i=0; while [ $i -lt 3 ]; do i=$((i+1)); done; echo $i ~ 3",
                "exit 3 || echo no ~",
                "echo x 2>/dev/null >&2 ~",
                "! false && echo turned ~ turned",
                "(cd /; A=9); echo ${A:-unset} ~ unset",
                "echo a,b | tr , '\\n' | wc -l ~ 2",
            })
    void printsWhatAShellPrints(String script, String expected) throws Target.CommandNotRun {
        String out = shell.run(script).out().strip();
        if (script.contains("sha256sum")) {
            assertThat(out).hasSize(8).matches("[0-9a-f]{8}");
        } else {
            assertThat(out).isEqualTo(expected == null ? "" : expected);
        }
    }

    @Test
    void sumsTheBytesOfAFile() throws Target.CommandNotRun {
        shell.run("printf precious > /data");
        assertThat(shell.run("sha256sum /data").out()).isEqualTo(sha256("precious") + "  /data\n");
        shell.run("echo more >> /data; cp /data /copy");
        assertThat(shell.run("cat < /copy").out()).isEqualTo("preciousmore\n");
        assertThat(shell.run("cat <<EOF\nhome is $HOME\nEOF\n").out()).isEqualTo("home is /root\n");
    }

    private static String sha256(String text) {
        try {
            return java.util.HexFormat.of()
                    .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void givesExitCodes() throws Target.CommandNotRun {
        assertThat(shell.run("exit 4").exitCode()).isEqualTo(4);
        assertThat(shell.run("cat /none").exitCode()).isEqualTo(1);
        assertThat(shell.run("set -e; false; echo on").out()).isEmpty();
        assertThat(shell.run("test -f /none").exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"awk 1", "sleep 5", "case x in x) echo;; esac", "f() { echo; }", "python3 -c 1"})
    void saysWhatItDoesNotKnow(String script) {
        assertThatThrownBy(() -> shell.run(script))
                .isInstanceOfSatisfying(
                        Target.CommandNotRun.class,
                        refused -> assertThat(refused.permanent()).isTrue())
                .hasMessageStartingWith("not simulated: ");
    }
}
