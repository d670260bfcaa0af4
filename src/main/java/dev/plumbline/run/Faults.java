package dev.plumbline.run;

import dev.plumbline.criterion.Criterion;
import dev.plumbline.criterion.Example;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The faults of all folders that hold some criteria. */
final class Faults {

    private final Map<Path, List<FaultCase>> byFolder = new TreeMap<>();

    /** @throws BadInput for a fault file that cannot be used */
    Faults(List<Criterion> criteria) {
        List<String> problems = new ArrayList<>();
        for (Criterion criterion : criteria) {
            byFolder.computeIfAbsent(folder(criterion), folder -> read(folder, problems));
        }
        if (!problems.isEmpty()) {
            throw new BadInput(problems);
        }
    }

    private static List<FaultCase> read(Path folder, List<String> problems) {
        Path file = folder.resolve(FaultFile.NAME);
        try {
            return Files.exists(file) ? FaultFile.read(file) : List.of();
        } catch (BadInput e) {
            problems.addAll(e.problems());
            return List.of();
        }
    }

    private static Path folder(Criterion criterion) {
        Path parent = Path.of(criterion.location().file()).getParent();
        return Objects.requireNonNullElse(parent, Path.of(""));
    }

    /** The fault of this name for a criterion, if its folder has one. */
    Optional<FaultCase> find(Criterion criterion, String name) {
        return of(criterion).stream().filter(fault -> fault.name().equals(name)).findFirst();
    }

    List<FaultCase> of(Criterion criterion) {
        return byFolder.getOrDefault(folder(criterion), List.of());
    }

    /** What keeps criteria from being proven, one line each with its place. */
    List<String> problems(List<Criterion> selected) {
        List<String> problems = new ArrayList<>();
        for (Criterion criterion : selected) {
            if (!criterion.pending()) {
                criterion.examples().stream()
                        .filter(example -> example.faults().isEmpty())
                        .forEach(example -> problems.add(unnamed(criterion, example)));
            }
        }
        problems.addAll(unknown(selected));
        byFolder.forEach((folder, faults) -> {
            List<Criterion> there = new RuleReader().read(List.of(folder));
            faults.forEach(fault -> problems.addAll(problems(fault, there)));
        });
        return problems;
    }

    private static String unnamed(Criterion criterion, Example example) {
        return example.location() + ": the scenario \"" + example.name()
                + "\" names no fault that must turn it red: add a tag @fault:name, and the fault to "
                + folder(criterion).resolve(FaultFile.NAME);
    }

    /** The names of faults that are not there, one line each with its place. */
    List<String> unknown(List<Criterion> selected) {
        List<String> unknown = new ArrayList<>();
        for (Criterion criterion : selected) {
            for (Example example : criterion.examples()) {
                example.faults().stream()
                        .filter(name -> find(criterion, name).isEmpty())
                        .forEach(name -> unknown.add(example.location() + ": there is no fault " + name + " in "
                                + folder(criterion).resolve(FaultFile.NAME)));
            }
        }
        return unknown;
    }

    private static List<String> problems(FaultCase fault, List<Criterion> there) {
        Set<String> ids = new HashSet<>();
        boolean used = false;
        for (Criterion criterion : there) {
            ids.add(criterion.id());
            used |= criterion.examples().stream()
                    .anyMatch(example -> example.faults().contains(fault.name()));
        }
        List<String> problems = new ArrayList<>();
        if (!used) {
            problems.add(fault.location() + ": no scenario names the fault " + fault.name() + ": add the tag @fault:"
                    + fault.name() + " to one, or remove it");
        }
        fault.also().stream()
                .filter(word -> ids.stream().noneMatch(id -> FaultCase.fits(word, id)) && !word.equals(FaultCase.ALL))
                .forEach(word -> problems.add(fault.location() + ": also names " + word
                        + ", and there is no such criterion beside the file"));
        return problems;
    }
}
