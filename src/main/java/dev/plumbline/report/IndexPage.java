package dev.plumbline.report;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;

/** {@code index.html}: the living documentation, one file that asks nothing of any server. */
final class IndexPage {

    void write(RunRecord run, History past, Path file) throws IOException {
        Page page = new PageBuilder(run, past).page();
        AtomicFile.written(file, out -> new Layout().write("index.ftlh", page, out));
    }

    String render(RunRecord run, History past) throws IOException {
        StringWriter text = new StringWriter();
        new Layout().write("index.ftlh", new PageBuilder(run, past).page(), text);
        return text.toString();
    }
}
