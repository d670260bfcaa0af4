package dev.plumbline.report;

import java.util.List;

/**
 * What {@code index.html} shows, in the words and shares in which it shows it; the template only lays it out. Public, with
 * all in it, because templates reach only what is public. Text that is not there is empty. Shares are percentages as CSS
 * takes them. {@code lazy}: what a criterion holds is made part of the page when it is opened, or a page of thousands would
 * take long to open.
 */
public record Page(
        Head head,
        boolean lazy,
        List<Count> counts,
        List<Tile> tiles,
        List<Notice> notices,
        List<Change> changes,
        List<Section> documents,
        Axis axis,
        List<SystemRow> systems) {

    /** The run as a whole. {@code tilt} is by how many degrees the plumb line hangs off. */
    public record Head(
            String target,
            boolean simulated,
            String simulatedWords,
            String description,
            String reason,
            String delivery,
            String started,
            String took,
            String conformance,
            int exitCode,
            String exitWords,
            String criteria,
            String scenarios,
            String tilt) {}

    /** How many criteria have a verdict. */
    public record Count(String verdict, String word, int count, String share) {}

    /** A document on the first screen; one that the catalogue names and the run has not, has no criteria. */
    public record Tile(String name, String anchor, String conformance, int criteria, List<Count> counts) {}

    /** Something that needs a person, worst first. */
    public record Notice(String verdict, String word, String title, String anchor, String text, List<Link> more) {}

    public record Link(String text, String anchor) {}

    /** A criterion whose verdict is not that of the last run. */
    public record Change(String anchor, String id, String before, String beforeWord, String now, String nowWord) {}

    public record Section(String name, String anchor, List<Count> counts, List<Entry> criteria) {}

    /** A criterion. {@code glance} is the one number that is seen while it is folded, if there is one that speaks for it. */
    public record Entry(
            String id,
            String anchor,
            String text,
            String source,
            String section,
            String tier,
            String systems,
            String verdict,
            String word,
            String reason,
            String took,
            String waiver,
            String faultLabel,
            String fault,
            String faultState,
            List<Gauge> gauges,
            List<Gauge> glance,
            Trend trend,
            List<Scenario> scenarios,
            List<File> evidence) {}

    /** A measured value against its limit. {@code state} is {@code met}, {@code missed}, {@code unmeasured} or {@code free} (no limit). */
    public record Gauge(
            String name,
            String value,
            String limit,
            String margin,
            String state,
            String fill,
            String mark,
            boolean virtual) {}

    /** Past verdicts, oldest first, the present one last; {@code line} are the points of the value's plot. */
    public record Trend(List<Dot> dots, String line, String words) {}

    public record Dot(String verdict, String title) {}

    public record Scenario(
            String name, String source, String verdict, String word, String reason, String took, List<Try> attempts) {}

    public record Try(int number, String verdict, String word, String took, List<Step> steps) {}

    public record Step(
            String keyword,
            String text,
            String outcome,
            String took,
            String problem,
            String reason,
            List<Span> seen,
            String looks) {}

    /** A stretch of a timeline. */
    public record Span(
            String kind,
            String left,
            String width,
            String from,
            String lasted,
            int looks,
            String seen,
            String source) {}

    /** Evidence. {@code text} may be cut or left out; the file has it whole. */
    public record File(String name, String href, String text, String note) {}

    /** A system that the documents name: how many of its criteria hold on a real cluster, on the simulated one only, or not yet. */
    public record SystemRow(
            String name,
            String note,
            String documents,
            int all,
            int real,
            int simulated,
            int notYet,
            String realShare,
            String simulatedShare,
            List<SystemCriterion> criteria) {}

    /** {@code by} is {@code real}, {@code simulated} or {@code not-yet}; no anchor when the run does not have it. */
    public record SystemCriterion(String id, String anchor, String verdict, String word, String by) {}

    /** The scenarios on the run's time axis. */
    public record Axis(List<Tick> ticks, List<Bar> bars, String note) {}

    public record Tick(String left, String text) {}

    public record Bar(
            String anchor,
            String id,
            String name,
            String verdict,
            String left,
            String width,
            String took,
            String locks) {}
}
