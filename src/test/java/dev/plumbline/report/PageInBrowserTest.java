package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader does with the page, in a real browser. Needs Chromium on the PATH. */
final class PageInBrowserTest {

    /** Runs in the page: each line of what it says is a fact that a test asserts. */
    private static final String READER = """
            <script>addEventListener('load', function () { setTimeout(function () {
              var said = [], q = document.getElementById('q');
              function say(name, value) { said.push(name + '=' + value); }
              function shown() { return document.querySelectorAll('.entry:not([hidden])').length; }
              function key(name) { document.dispatchEvent(new KeyboardEvent('keydown', {key: name, bubbles: true})); }
              function type(text) { q.value = text; q.dispatchEvent(new Event('input')); }
              say('linked', document.getElementById('GITOPS-PRUNE-01').open);
              say('others', document.querySelectorAll('.entry[open]').length);
              say('all', shown());
              key('/'); say('slash', document.activeElement === q);
              type('ScalingReplicaSet'); say('evidence', shown()); type('drift-01 reverted'); say('search', shown());
              type('nothing has this'); say('none', !document.getElementById('none').hidden);
              key('Escape'); say('escape', shown());
              var fail = document.querySelector('.chip[data-verdict=fail]'); fail.click(); say('fail', shown());
              document.querySelector('.chip[data-verdict=flaky]').click(); say('failOrFlaky', shown()); key('Escape');
              var d = document.getElementById('document'); d.value = 'kubeadm-gitops'; d.dispatchEvent(new Event('change'));
              say('document', shown()); say('sections', document.querySelectorAll('.document:not([hidden])').length);
              var t = document.getElementById('tier'); t.value = 'homelab'; t.dispatchEvent(new Event('change'));
              say('tier', shown()); key('Escape');
              key('j'); say('j', document.activeElement.closest('.entry').id);
              key('x'); say('open', document.querySelectorAll('.entry[open]').length);
              say('requests', performance.getEntriesByType('resource').length);
              say('wide', document.documentElement.scrollWidth > innerWidth);
              document.body.innerHTML = ''; var out = document.createElement('pre'); out.textContent = said.join(' '); document.body.append(out);
            }, 50); });</script></body>
            """;

    @TempDir
    Path folder;

    private String chromium = "";

    @BeforeEach
    void needsChromium() {
        Optional<String> found = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .flatMap(place -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
        if (found.isEmpty()) {
            System.out.println("NOT RUN: PageInBrowserTest needs Chromium, there is none on the PATH");
        }
        assumeTrue(found.isPresent(), "no Chromium on the PATH");
        chromium = found.get();
    }

    @Test
    void searchFilterLinkAndKeysWorkAndNothingIsRequested() throws IOException, InterruptedException {
        String said = read(1280);

        assertThat(said)
                .contains("linked=true others=1 all=28 slash=true")
                .contains("evidence=14 search=1 none=true escape=28 fail=2 failOrFlaky=3")
                .contains("document=4 sections=1 tier=1")
                .contains("j=GITOPS-DRIFT-01 open=28 requests=0");
    }

    @Test
    void aPhoneDoesNotScrollSideways() throws IOException, InterruptedException {
        assertThat(read(500)).contains("wide=false");
    }

    private String read(int width) throws IOException, InterruptedException {
        String page = new IndexPage().render(Showcase.run(), Showcase.past());
        Path file = folder.resolve("page.html");
        Files.writeString(file, page.replace("</body>", READER));
        Process process = new ProcessBuilder(List.of(
                        chromium,
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--window-size=" + width + ",900",
                        "--virtual-time-budget=3000",
                        "--dump-dom",
                        file.toUri() + "#GITOPS-PRUNE-01"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String dom = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return dom.substring(dom.indexOf("<pre>") + 1);
    }
}
