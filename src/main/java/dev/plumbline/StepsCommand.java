package dev.plumbline;

import dev.plumbline.steps.Vocabulary;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the step vocabulary, by topic, with examples. */
@Command(name = "steps", description = "The step vocabulary, with examples.", mixinStandardHelpOptions = true)
final class StepsCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        String topic = "";
        for (Vocabulary.Step step : new Vocabulary().steps()) {
            if (!step.topic().equals(topic)) {
                topic = step.topic();
                out.println("# " + topic);
                out.println();
            }
            out.println(step.keyword() + " " + step.text());
            out.println("    " + step.explanation());
            step.examples().forEach(example -> out.println("    e.g. " + step.keyword() + " " + example));
            out.println();
        }
        out.flush();
        return 0;
    }
}
