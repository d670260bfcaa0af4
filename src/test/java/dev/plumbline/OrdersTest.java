package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.lab.Trials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A parallel run has the verdicts of a serial one, in whatever order its scenarios come. */
class OrdersTest {

    @TempDir
    private Path directory;

    private final Random chance = Trials.chance();

    @Test
    void aCrowdPassesInAnyOrder() throws IOException {
        Crowd crowd = Crowd.in(directory, "crowd");
        for (int trial = 0; trial < Trials.count(3, 20); trial++) {
            String seed = String.valueOf(chance.nextInt());
            run(crowd.run("--target", "simulated", "--parallel", "4", "--order=" + seed));
            assertThat(crowd.verdicts())
                    .as("--order=" + seed)
                    .hasSize(11)
                    .allSatisfy((name, verdict) -> assertThat(verdict).as(name).isEqualTo("PASS"));
        }
    }

    @Test
    void ourCriteriaHaveTheSameVerdictsInAnyOrder() throws IOException {
        Map<String, String> serial = ours("--parallel=1");
        for (int trial = 0; trial < Trials.count(1, 20); trial++) {
            String order = "--order=" + chance.nextInt();
            assertThat(ours("--parallel=4", order)).as(order).isEqualTo(serial);
        }
    }

    private Map<String, String> ours(String... options) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                "verify",
                "--target",
                "simulated",
                "--reports",
                directory.toString(),
                "--history",
                directory.resolve("history.jsonl").toString()));
        line.addAll(List.of(options));
        run(line);
        return Crowd.verdicts(directory);
    }

    private static void run(List<String> line) {
        assertThat(Plumbline.execute(line.toArray(String[]::new))).isZero();
    }
}
