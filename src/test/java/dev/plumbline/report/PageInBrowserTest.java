package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plumbline.verdict.Mask;
import dev.plumbline.verdict.Verdict;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
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
              key('Escape'); var y = document.getElementById('system'); y.value = 'Flux CD'; y.dispatchEvent(new Event('change'));
              say('system', shown()); y.value = ''; y.dispatchEvent(new Event('change'));
              d.value = 'kubeadm-gitops'; d.dispatchEvent(new Event('change'));
              var t = document.getElementById('tier'); t.value = 'homelab'; t.dispatchEvent(new Event('change'));
              say('tier', shown()); key('Escape');
              key('j'); say('j', document.activeElement.closest('.entry').id);
              key('x'); say('open', document.querySelectorAll('.entry[open]').length);
              say('requests', performance.getEntriesByType('resource').length);
              say('wide', document.documentElement.scrollWidth > innerWidth);
              document.body.innerHTML = ''; var out = document.createElement('pre'); out.textContent = said.join(' '); document.body.append(out);
            }, 50); });</script></body>
            """;

    /** The same for a page of very many criteria, which lays each out when it is opened. */
    private static final String OF_MANY = """
            <script>addEventListener('load', function () { setTimeout(function () {
              var said = [], q = document.getElementById('q'), e = document.getElementById('RND-500');
              function say(name, value) { said.push(name + '=' + value); }
              function find(text) { q.value = text; q.dispatchEvent(new Event('input')); return document.querySelectorAll('.entry:not([hidden])').length; }
              say('open', e.open); say('laid', document.querySelectorAll('.entry > .body').length);
              say('steps', e.querySelectorAll('.step').length > 0);
              say('evidence', find('rnd-7 scalingreplicaset') > 5); say('markup', find('<li'));
              document.getElementById('reset').click();
              var other = document.getElementById('RND-3'); other.querySelector('summary').click();
              setTimeout(function () {
                say('second', document.querySelectorAll('.entry > .body').length);
                say('requests', performance.getEntriesByType('resource').length);
                document.body.innerHTML = ''; var out = document.createElement('pre'); out.textContent = said.join(' '); document.body.append(out);
              }, 50);
            }, 50); });</script></body>
            """;

    /** All of the page as the browser holds it. */
    private static final String WHOLE = """
            <script>addEventListener('load', function () { setTimeout(function () {
              var all = document.documentElement.outerHTML;
              document.body.innerHTML = ''; var out = document.createElement('pre'); out.textContent = all; document.body.append(out);
            }, 50); });</script></body>
            """;

    private static final String CANARY = "tr0ub4dor-canary";

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
                .contains("document=4 sections=1 system=6 tier=1")
                .contains("j=GITOPS-DRIFT-01 open=28 requests=0");
    }

    @Test
    void aPhoneDoesNotScrollSideways() throws IOException, InterruptedException {
        assertThat(read(500)).contains("wide=false");
    }

    @Test
    void aPageOfManyLaysOutWhatIsOpened() throws IOException, InterruptedException {
        String page = new IndexPage().render(SampleRecords.large(700), History.NONE);

        assertThat(read(page, 1280, OF_MANY, "RND-500"))
                .contains("open=true laid=1 steps=true evidence=true markup=0 second=2 requests=0");
    }

    @Test
    void nothingOfTheMachineAndNoSecretIsInIt() throws IOException, InterruptedException {
        Mask mask = new Mask();
        mask.secret(CANARY);
        mask.directory(Path.of("").toAbsolutePath());
        Path here = Path.of("manifests").toAbsolutePath();
        CriterionResult result = SampleRecords.criterion(
                "M-1", "gitops-plan", Verdict.FAIL, "cannot read " + here + "/a.yaml with " + CANARY);
        RunRecord run = SampleRecords.run(true, List.of(result), List.of(here + " " + CANARY), Optional.empty());
        new ReportFolder(mask).write(run, List.of(), folder.resolve("r"), folder.resolve("h.jsonl"));

        String seen = read(Files.readString(folder.resolve("r/index.html")), 1280, WHOLE, "M-1");

        assertThat(seen)
                .contains("cannot read manifests/a.yaml with ***")
                .doesNotContain(CANARY)
                .doesNotContain(Path.of("").toAbsolutePath().toString())
                .doesNotContain(folder.toString())
                .doesNotContain(InetAddress.getLocalHost().getHostName());
    }

    private String read(int width) throws IOException, InterruptedException {
        return read(new IndexPage().render(Showcase.run(), Showcase.past()), width, READER, "GITOPS-PRUNE-01");
    }

    private String read(String page, int width, String script, String anchor) throws IOException, InterruptedException {
        Path file = folder.resolve("page.html");
        Files.writeString(file, page.replace("</body>", script));
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
                        file.toUri() + "#" + anchor))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String dom = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return dom.substring(dom.indexOf("<pre>") + 1);
    }
}
