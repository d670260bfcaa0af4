package dev.plumbline.cluster;

/**
 * One thing that {@code doctor} looked at.
 *
 * @param ok whether it is as a run wants it
 * @param detail what was found
 * @param advice what to do about it; empty where nothing needs to be done
 */
public record Fact(String what, boolean ok, String detail, String advice) {

    static Fact ok(String what, String detail) {
        return new Fact(what, true, detail, "");
    }

    static Fact missing(String what, String detail, String advice) {
        return new Fact(what, false, detail, advice);
    }
}
