package dev.plumbline.bare;

import io.cucumber.core.cli.Main;

/** Runs a directory of features with Cucumber's own reports: {@code ci/benchmark plain} starts it beside us. */
public final class BareRun {

    private BareRun() {}

    /** @param arguments the features and the folder of the reports */
    public static void main(String[] arguments) {
        String reports = arguments[1] + "/";
        byte code = Main.run(
                "--glue",
                "dev.plumbline.bare",
                "--threads",
                "8",
                "--plugin",
                "html:" + reports + "cucumber.html",
                "--plugin",
                "message:" + reports + "messages.ndjson",
                "--plugin",
                "junit:" + reports + "junit.xml",
                arguments[0]);
        System.exit(code);
    }
}
