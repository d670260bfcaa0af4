package dev.plumbline.steps;

import dev.plumbline.action.CommandInPod;
import dev.plumbline.cluster.CommandResult;
import dev.plumbline.verdict.Expectation;
import io.cucumber.java.en.Then;
import java.time.Duration;

/** Commands in pods. They count as writes, so a read-only target refuses them. */
public final class CommandSteps {

    private final Scene scene;
    private final Judge judge;

    public CommandSteps(Scene scene, Judge judge) {
        this.scene = scene;
        this.judge = judge;
    }

    @Then("running {string} in pod {string} in namespace {string} prints {string}")
    @Sentence(
            value = "The command, run by sh -c in the pod's first container, ends with status 0 within 30 seconds and"
                    + " prints exactly this, less white space at both ends.",
            examples = "running \"cat /data/x\" in pod \"db-0\" in namespace \"shop\" prints \"precious\"",
            rights = {"get pods", "get,create pods/exec"})
    public void prints(String command, String pod, String namespace, String output) throws InterruptedException {
        judge.now(
                new CommandInPod(scene.target(), scene.words(namespace), scene.words(pod), scene.words(command)),
                new Expectation<CommandResult>(
                        "exit status 0 and \"" + scene.words(output) + "\"",
                        result -> result.exitCode() == 0
                                && result.out()
                                        .strip()
                                        .equals(scene.words(output).strip())));
    }

    @Then("running {string} in pod {string} in namespace {string} lists {string}")
    @Sentence(
            value = "The command ends with status 0 within 30 seconds, and one of the lines that it prints is this.",
            examples = "running \"ls /data\" in pod \"db-0\" in namespace \"shop\" lists \"x\"",
            rights = {"get pods", "get,create pods/exec"})
    public void lists(String command, String pod, String namespace, String line) throws InterruptedException {
        judge.now(
                new CommandInPod(scene.target(), scene.words(namespace), scene.words(pod), scene.words(command)),
                new Expectation<CommandResult>(
                        "exit status 0 and a line \"" + scene.words(line) + "\"",
                        result -> result.exitCode() == 0
                                && result.out().lines().map(String::strip).anyMatch(scene.words(line)::equals)));
    }

    @Then("running {string} in pod {string} in namespace {string} prints {string} within {duration}")
    @Sentence(
            value =
                    "The command is run until it ends with status 0 and prints exactly this: what a network lets through"
                            + " follows a new pod a moment later.",
            examples =
                    "running \"cat /data/x\" in pod \"db-0\" in namespace \"shop\" prints \"precious\" within 30 seconds",
            rights = {"get pods", "get,create pods/exec"})
    public void printsWithin(String command, String pod, String namespace, String output, Duration limit)
            throws InterruptedException {
        judge.eventually(
                limit,
                new CommandInPod(scene.target(), scene.words(namespace), scene.words(pod), scene.words(command)),
                new Expectation<CommandResult>(
                        "exit status 0 and \"" + scene.words(output) + "\"",
                        result -> result.exitCode() == 0
                                && result.out()
                                        .strip()
                                        .equals(scene.words(output).strip())));
    }
}
