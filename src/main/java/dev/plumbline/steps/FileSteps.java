package dev.plumbline.steps;

import dev.plumbline.action.ManifestDirectory;
import dev.plumbline.verdict.Measurement;
import dev.plumbline.verdict.NotMeasured;
import dev.plumbline.verdict.NotMet;
import io.cucumber.datatable.DataTable;
import io.cucumber.java.en.Then;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Files of the manifests: that they are there, that they build, what they say. */
public final class FileSteps {

    private final StaticManifests manifests;
    private final Judge judge;

    public FileSteps(StaticManifests manifests, Judge judge) {
        this.manifests = manifests;
        this.judge = judge;
    }

    @Then("the manifests of {string} have these files and folders")
    @Sentence(
            value = "Each path of the table is there, and neither an empty file nor an empty folder.",
            examples = "the manifests of \"gitops-plan\" have these files and folders")
    public void have(String name, DataTable table) {
        Path directory = manifests.directory(name);
        List<String> wanted = table.asList();
        List<String> missing =
                wanted.stream().filter(path -> isEmpty(directory.resolve(path))).toList();
        count(name, "paths missing", missing, wanted.size() + " paths are there");
    }

    @Then("every kustomization in the manifests of {string} builds")
    @Sentence(
            value = "Each folder with a kustomization.yaml builds by itself, as Flux would build it.",
            examples = "every kustomization in the manifests of \"gitops-plan\" builds")
    public void builds(String name) {
        List<Path> folders = kustomizations(manifests.directory(name));
        if (folders.isEmpty()) {
            throw new NotMeasured("nothing selected: there is no kustomization.yaml in the manifests of " + name);
        }
        List<String> broken = new ArrayList<>();
        for (Path folder : folders) {
            try {
                ManifestDirectory.objects(folder);
            } catch (NotMet e) {
                broken.add(e.getMessage());
            }
        }
        count(name, "kustomizations that do not build", broken, folders.size() + " kustomizations build");
    }

    @Then("the document {string} of {string} has the headings {string}")
    @Sentence(
            value = "A Markdown file among the manifests is there and has each of the headings, with text under it.",
            examples =
                    "the document \"docs/SETUP.md\" of \"gitops-plan\" has the headings \"Install, Add an application\"")
    public void headings(String file, String name, String headings) {
        String text = "\n" + read(manifests.directory(name).resolve(file));
        List<String> missing = Stream.of(headings.split("\\s*,\\s*"))
                .filter(heading ->
                        !text.matches("(?s).*\n#+ " + java.util.regex.Pattern.quote(heading) + "\n+[^#\n].*"))
                .toList();
        count(name + "/" + file, "headings missing", missing, "all headings are there");
    }

    @Then("the document {string} of {string} names {string}")
    @Sentence(
            value = "A Markdown file among the manifests is there and has each of the words, separated by commas.",
            examples = "the document \"README.md\" of \"gitops-plan\" names \"Flux, Grafana\"")
    public void names(String file, String name, String words) {
        String text = read(manifests.directory(name).resolve(file));
        List<String> missing = Stream.of(words.split("\\s*,\\s*"))
                .filter(word -> !text.contains(word))
                .toList();
        count(name + "/" + file, "words missing", missing, "all words are there");
    }

    private void count(String name, String what, List<String> wrong, String well) {
        String subject = "the manifests of \"" + name + "\"";
        judge.file(manifests.judged(
                wrong.isEmpty(),
                subject,
                subject + ": " + (wrong.isEmpty() ? well : what + ": " + String.join("; ", wrong)),
                new Measurement(what, wrong.size(), "", new Measurement.Limit("==", 0), judge.clock())));
    }

    private static List<Path> kustomizations(Path directory) {
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.filter(path -> path.endsWith("kustomization.yaml"))
                    .map(Path::getParent)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isEmpty(Path path) {
        if (Files.isDirectory(path)) {
            try (Stream<Path> entries = Files.list(path)) {
                return entries.findAny().isEmpty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return !Files.isRegularFile(path) || read(path).isBlank();
    }

    private static String read(Path path) {
        try {
            return Files.isRegularFile(path) ? Files.readString(path) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
