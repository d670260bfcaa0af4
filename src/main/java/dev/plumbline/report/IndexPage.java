package dev.plumbline.report;

import java.io.IOException;

/** {@code index.html}: the living documentation, one file that asks nothing of any server. */
final class IndexPage {

    String render(RunRecord run, History past) throws IOException {
        return new Layout().of("index.ftlh", new PageBuilder(run, past).page());
    }
}
