package dev.plumbline.simulation.system.prometheus.promql;

import java.util.List;

/** Where the evaluator finds its data. */
public interface SeriesSource {

    /** The series that fit all matchers, sorted by their labels. */
    List<Series> select(List<Matcher> matchers);
}
