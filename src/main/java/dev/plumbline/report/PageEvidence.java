package dev.plumbline.report;

import java.util.ArrayList;
import java.util.List;

/** The evidence that the page itself holds, so that it can be mailed: the beginning of each text, within bounds. */
final class PageEvidence {

    private static final int MOST_OF_ONE = 12_000;

    /** A page of ten thousand criteria must still open at once. */
    private static final int MOST_OF_ALL = 6_000_000;

    private int left = MOST_OF_ALL;

    List<Page.File> of(CriterionResult result) {
        EvidenceFolder folder = EvidenceFolder.of(result);
        List<Page.File> files = new ArrayList<>();
        for (EvidenceFolder.EvidenceFile file : folder.files()) {
            boolean drawn = file.mediaType().equals(EvidenceFolder.TIMELINE);
            String text = drawn ? "" : head(file.text());
            left -= text.length();
            String note = drawn
                    ? "drawn with its step"
                    : text.length() < file.text().length() ? "cut, the file has all of it" : "";
            files.add(
                    new Page.File(file.name(), "evidence/" + folder.folder() + "/" + file.name(), visible(text), note));
        }
        return files;
    }

    private String head(String text) {
        int most = Math.min(MOST_OF_ONE, left);
        return text.length() <= most ? text : text.substring(0, most);
    }

    /** Without control characters, which logs use for colours. */
    static String visible(String text) {
        return text.replaceAll("\u001b\\[[0-9;]*[A-Za-z]", "").replaceAll("[\\p{Cntrl}&&[^\n\t]]", "");
    }
}
