package dev.plumbline;

import dev.plumbline.run.BadInput;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Commands whose names are fixed and whose work is not there yet; they say so instead of doing nothing. */
final class NotYet {

    private NotYet() {}

    private static int refuse(String command) {
        throw new BadInput("the command " + command
                + " is not there yet; there are verify, prove, plan, policy, steps, doctor and sweep");
    }

    @Command(name = "report", description = "Not there yet: the pages again from stored runs.")
    static final class Report implements Callable<Integer> {
        @Unmatched
        private List<String> ignored = List.of();

        @Override
        public Integer call() {
            return refuse("report");
        }
    }
}
