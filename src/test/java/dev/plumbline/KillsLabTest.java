package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.plumbline.lab.LabNode;
import dev.plumbline.lab.Node;
import dev.plumbline.lab.Trials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs that write to a foreign cluster, ended at chance moments by a signal: nothing is left, and what was there before
 * is as it was. Real processes on a real API server, each with a namespace of its own.
 */
@ExtendWith(LabNode.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillsLabTest {

    private static final int AT_A_TIME = 3;

    private final Node node;
    private final Path directory;
    private final Duration whole;

    /** One run that nobody ends says how long the moments reach. */
    KillsLabTest(Node node, @TempDir Path directory) throws Exception {
        this.node = node;
        this.directory = directory;
        this.whole = trial("trial-whole").wholeRun();
    }

    @Test
    void aRunThatIsInterruptedLeavesNothing() throws Exception {
        trials(Trials.count(4, 50), List.of("INT", "TERM"));
    }

    @Test
    void whatAKilledRunLeftIsRemovedBySweepOrByTheNextRun() throws Exception {
        trials(Trials.count(3, 30), List.of("KILL", KilledRun.TWICE, "KILL"));
    }

    private KilledRun trial(String namespace) {
        return new KilledRun(node, directory.resolve(namespace), namespace);
    }

    private void trials(int count, List<String> signals) throws Exception {
        Random chance = Trials.chance();
        ExecutorService workers = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int number = 0; number < count; number++) {
                KilledRun trial = trial("trial-" + signals.get(0).toLowerCase(Locale.ROOT) + "-" + number);
                String signal = signals.get(number % signals.size());
                Duration moment = whole.multipliedBy(chance.nextInt(1000)).dividedBy(1000);
                boolean nextRun = number % 2 == 1;
                running.add(workers.submit(() -> {
                    trial.run(signal, moment, nextRun);
                    return null;
                }));
            }
            assertThat(running).isNotEmpty();
            assertThat(running).allSatisfy(trial -> assertThatCode(trial::get).doesNotThrowAnyException());
        } finally {
            workers.shutdownNow();
        }
    }
}
