package dev.plumbline.run;

import dev.plumbline.criterion.Catalogue;
import dev.plumbline.criterion.Criterion;
import dev.plumbline.steps.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A run that was checked as far as it can be without a cluster: the criteria that were selected, with every step defined,
 * every manifest sound and every profile read.
 *
 * @param steps the definition of each step text
 * @param remarks what the run should say of its input, one line each
 * @param catalogue what is known of the documents, from the files beside the features
 */
public record Prepared(
        RunOptions options,
        List<Criterion> criteria,
        Profiles profiles,
        Map<String, Vocabulary.Step> steps,
        List<String> remarks,
        Catalogue catalogue) {

    public Prepared {
        criteria = List.copyOf(criteria);
        steps = Map.copyOf(steps);
        remarks = List.copyOf(remarks);
    }

    /** Whether a step asks a service of the cluster over HTTP. */
    public boolean asksServices() {
        return steps.values().stream().anyMatch(Vocabulary.Step::asksServices);
    }

    /**
     * Reads and checks everything; nothing has been created when this fails.
     *
     * @throws BadInput naming every problem found
     * @throws NothingSelected when there is no criterion to look at
     */
    public static Prepared of(RunOptions options) {
        List<Criterion> all = new RuleReader().read(options.features());
        List<Criterion> selected = options.selection().from(all);
        Map<String, Vocabulary.Step> steps = new StepCheck(new Vocabulary()).check(selected);
        Profiles profiles = new Profiles(
                options.profile(),
                selected.stream().map(Criterion::document).distinct().toList());
        new ManifestCheck(options.manifests(), profiles).check(selected);
        return new Prepared(
                options, selected, profiles, steps, profiles.remarks(all), CatalogueFiles.in(options.features()));
    }

    /**
     * The same run with only some of its criteria.
     *
     * @throws NothingSelected when none is left
     */
    public Prepared only(Set<String> ids) {
        Selection some = new Selection(options.selection().tags(), Optional.of(ids));
        return new Prepared(options, some.from(criteria), profiles, steps, remarks, catalogue);
    }
}
