package dev.plumbline.run;

import dev.plumbline.action.ManifestDirectory;
import dev.plumbline.criterion.Example;
import dev.plumbline.profile.Profile;
import dev.plumbline.steps.Vocabulary;
import dev.plumbline.verdict.NotMeasured;
import dev.plumbline.verdict.NotMet;
import dev.plumbline.verdict.NotTried;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which scenarios of a document may run beside each other. Two that disturb each other and share no lock tag run one after
 * the other, as if they had one: a parallel run gives the verdicts of a serial one.
 *
 * @param together these may, as far as their texts say; the lock tags keep order among them
 * @param oneByOne these may not
 */
record Turns(List<Example> together, List<Example> oneByOne) {

    /** The lock of what no other may run beside, such as taking Flux away. */
    private static final String EVERYTHING = "cluster";

    static Turns of(List<Example> examples, Map<String, Vocabulary.Step> steps, Profile profile) {
        Map<Path, List<Touched.Name>> manifests = new HashMap<>();
        List<Touched> touched = new ArrayList<>();
        for (Example example : examples) {
            touched.add(Touched.by(example, steps, profile, place -> manifests.computeIfAbsent(place, Turns::objects)));
        }
        Set<Example> alone = new LinkedHashSet<>();
        for (int i = 0; i < examples.size(); i++) {
            if (examples.get(i).locks().contains(EVERYTHING)) {
                alone.add(examples.get(i));
            }
            if (touched.get(i).changed().isEmpty()) {
                continue;
            }
            for (int j = 0; j < examples.size(); j++) {
                boolean unlocked = i != j && !shareALock(examples.get(i), examples.get(j));
                if (unlocked && touched.get(i).disturbs(touched.get(j))) {
                    alone.add(examples.get(i));
                    alone.add(examples.get(j));
                }
            }
        }
        return new Turns(
                examples.stream().filter(example -> !alone.contains(example)).toList(),
                examples.stream().filter(alone::contains).toList());
    }

    private static boolean shareALock(Example one, Example other) {
        return one.locks().stream().anyMatch(other.locks()::contains);
    }

    /** None where they do not build: the step that applies them says so. */
    private static List<Touched.Name> objects(Path directory) {
        try {
            return ManifestDirectory.objects(directory).stream()
                    .map(object -> Touched.Name.of(
                            object.getKind(),
                            Optional.ofNullable(object.getMetadata().getNamespace())
                                    .orElse(""),
                            object.getMetadata().getName()))
                    .toList();
        } catch (NotTried | NotMeasured | NotMet e) {
            return List.of();
        }
    }
}
