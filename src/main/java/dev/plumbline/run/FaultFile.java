package dev.plumbline.run;

import dev.plumbline.action.Fault;
import dev.plumbline.action.FileChange;
import dev.plumbline.action.ObjectChange;
import dev.plumbline.criterion.SourceLine;
import dev.plumbline.verdict.Verdict;
import dev.plumbline.yaml.YamlDocument;
import dev.plumbline.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the {@code faults.yaml} that lies beside feature files; {@code features/README.md} describes it. */
final class FaultFile {

    static final String NAME = "faults.yaml";

    private static final List<String> KEYS =
            List.of("fault", "what", "when", "change", "red", "verdict", "also", "only", "reason");
    private static final List<String> FILE_KEYS = List.of("git", "set", "remove", "replace", "delete", "create");
    private static final List<String> OBJECT_KEYS = List.of("object", "namespace", "set", "remove", "delete", "scale");
    private static final List<String> TARGETS = List.of("simulated", "k3s", "kubeconfig");

    private FaultFile() {}

    /**
     * The faults of a file, in order.
     *
     * @throws BadInput naming every problem with its file and line
     */
    static List<FaultCase> read(Path file) {
        List<String> problems = new ArrayList<>();
        List<FaultCase> faults = new ArrayList<>();
        try {
            for (YamlDocument document : YamlDocument.read(file.toString(), Files.readAllBytes(file))) {
                FaultFields.root(file.toString(), document, problems).items().forEach(item -> faults.add(fault(item)));
            }
        } catch (YamlException e) {
            throw new BadInput(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new BadInput(file + ": cannot be read: " + e.getMessage());
        }
        doubles(faults, problems);
        if (!problems.isEmpty()) {
            throw new BadInput(problems);
        }
        return faults;
    }

    private static FaultCase fault(FaultFields fields) {
        fields.refuseUnknown(KEYS);
        boolean first = fields.word("when", List.of("before-deployment", "after-given"), "after-given")
                .equals("before-deployment");
        List<FileChange> files = new ArrayList<>();
        List<ObjectChange> objects = new ArrayList<>();
        List<FaultFields> changes = fields.list("change");
        if (changes.isEmpty()) {
            fields.problem("change", "change should be a list with at least one entry");
        }
        for (FaultFields change : changes) {
            if (change.has("git")) {
                files.add(file(change));
            } else if (first) {
                change.problem(
                        "",
                        "before deployment there is no object yet to change: give git: and a file,"
                                + " or when: after-given");
            } else {
                objects.add(object(change));
            }
        }
        Fault.When when = first ? Fault.When.BEFORE_DEPLOYMENT : Fault.When.AFTER_GIVEN;
        Set<String> only = Set.copyOf(fields.words("only", TARGETS));
        if (fields.has("only") != fields.has("reason")) {
            fields.problem(
                    "only",
                    "only and reason go together: on which targets the fault can be made, and why not" + " on others");
        }
        return new FaultCase(
                new Fault(fields.name("fault"), fields.text("what"), when, files, objects),
                Verdict.valueOf(fields.word("verdict", List.of("FAIL", "INCONCLUSIVE", "BLOCKED"), "FAIL")),
                fields.text("red"),
                fields.is("also", FaultCase.ALL) ? List.of(FaultCase.ALL) : fields.words("also", List.of()),
                only,
                fields.has("reason") ? fields.text("reason") : "",
                fields.location("fault"));
    }

    private static FileChange file(FaultFields fields) {
        fields.refuseUnknown(FILE_KEYS);
        fields.oneDeed(List.of("delete", "create"), List.of("set", "remove", "replace"));
        return new FileChange(
                fields.text("git"),
                fields.places("set"),
                fields.paths("remove"),
                fields.texts("replace"),
                fields.yes("delete"),
                fields.has("create") ? Optional.of(fields.text("create")) : Optional.empty());
    }

    private static ObjectChange object(FaultFields fields) {
        fields.refuseUnknown(OBJECT_KEYS);
        fields.oneDeed(List.of("delete", "scale"), List.of("set", "remove"));
        String[] parts = fields.text("object").split("/", 2);
        if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
            fields.problem("object", "object should be kind/name or kind.group/name, such as StatefulSet/qdrant");
        }
        return new ObjectChange(
                parts[0],
                parts.length == 2 ? parts[1] : "",
                fields.has("namespace") ? Optional.of(fields.text("namespace")) : Optional.empty(),
                fields.places("set"),
                fields.paths("remove"),
                fields.yes("delete"),
                fields.count("scale"));
    }

    private static void doubles(List<FaultCase> faults, List<String> problems) {
        Map<String, SourceLine> known = new HashMap<>();
        for (FaultCase fault : faults) {
            SourceLine earlier = known.putIfAbsent(fault.name(), fault.location());
            if (earlier != null && !fault.name().isEmpty()) {
                problems.add(fault.location() + ": the fault " + fault.name() + " is there already at " + earlier);
            }
        }
    }
}
