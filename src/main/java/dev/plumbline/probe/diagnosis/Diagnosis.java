package dev.plumbline.probe.diagnosis;

import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Evidence;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Timeline;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Finds out why a judgement was not a pass, at the moment it was made: reads only, ends within 10 seconds of wall time with
 * what there was by then, keeps at most 2 MB, and never makes the judgement another by failing itself.
 */
public final class Diagnosis {

    private static final int GATHERING_SECONDS = 8;
    private static final int WRITING_SECONDS = 1;
    private static final int AT_A_TIME = 8;

    /** Of one log, the end. */
    private static final int LOG_CHARACTERS = 48 << 10;

    private static final int CAUSE_CHARACTERS = 600;
    private static final int REPORT_CHARACTERS = 64 << 10;
    private static final int ALL_CHARACTERS = 600 << 10;

    /** Kinds whose answers are somebody else's text. */
    private static final Set<String> SPEAKING = Set.of("Pod", "Service");

    private final Target target;
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    public Diagnosis(Target target) {
        this.target = target;
    }

    /**
     * What came out.
     *
     * @param cause one line that names the object and the field that is wrong, where one was found
     */
    public record Found(Optional<String> cause, List<Evidence> evidence) {
        static final Found NOTHING = new Found(Optional.empty(), List.of());
    }

    /** Looks round the objects that a judgement was about; nothing when it was about none. */
    public Found of(List<About> abouts, Timeline timeline) {
        if (abouts.isEmpty()) {
            return Found.NOTHING;
        }
        Around around = new Around(timeline.last()
                .filter(stretch -> stretch.seen() instanceof Observation.Seen<?>)
                .isPresent());
        ThreadFactory daemons = work -> {
            Thread thread = new Thread(work, "diagnosis");
            thread.setDaemon(true);
            return thread;
        };
        // one thread for each, so that what hangs in the first does not hold up the second
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME, daemons);
        ExecutorService leading = Executors.newCachedThreadPool(daemons);
        try {
            within(leading, GATHERING_SECONDS, around, Optional.empty(), () -> {
                gather(abouts, threads, around);
                return Optional.empty();
            });
            return within(leading, WRITING_SECONDS, around, Found.NOTHING, () -> found(abouts, timeline, around));
        } finally {
            threads.shutdownNow();
            leading.shutdownNow();
        }
    }

    /**
     * Reads the Secrets of where a passed judgement looked, so that the mask knows what a service or command answered. What
     * may not be read stays unknown.
     */
    public void seeSecrets(List<About> abouts) {
        for (About about : abouts) {
            if (SPEAKING.contains(about.kind()) && about.namespace() != null && seen.add(about.namespace())) {
                try {
                    target.client().secrets().inNamespace(about.namespace()).list();
                } catch (KubernetesClientException e) {
                    seen.remove(about.namespace());
                }
            }
        }
    }

    private void gather(List<About> abouts, ExecutorService threads, Around around) throws InterruptedException {
        Gathering gathering = new Gathering(target.kinds(), new Reads(target.client(), threads, around), around);
        for (About about : abouts) {
            gathering.round(about);
        }
    }

    private static <T> T within(ExecutorService leading, int seconds, Around around, T otherwise, Callable<T> work) {
        try {
            return leading.submit(work).get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            around.trouble("the rest: the API server was too slow to say more within " + seconds + " s");
        } catch (ExecutionException e) {
            around.trouble("the rest: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return otherwise;
    }

    private static Found found(List<About> abouts, Timeline timeline, Around around) {
        List<String> causes = new Causes(around).all();
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(text("diagnosis.txt", report(abouts, causes, timeline, around)));
        int left = ALL_CHARACTERS;
        for (Map.Entry<String, String> log : around.logs().entrySet()) {
            String end = end(log.getValue(), Math.min(LOG_CHARACTERS, left));
            left -= end.length();
            if (!end.isEmpty()) {
                evidence.add(text(log.getKey(), end));
            }
        }
        return new Found(causes.stream().findFirst().map(Diagnosis::oneLine), evidence);
    }

    private static String report(List<About> abouts, List<String> causes, Timeline timeline, Around around) {
        String report = new Report(around).of(abouts, causes, unreachable(timeline));
        return report.length() <= REPORT_CHARACTERS ? report : report.substring(0, REPORT_CHARACTERS) + "\n[cut]\n";
    }

    private static List<String> unreachable(Timeline timeline) {
        return timeline.stretches().stream()
                .filter(stretch -> stretch.seen() instanceof Observation.Unreachable<?>)
                .map(stretch -> stretch.from() + " to " + stretch.to() + ": " + stretch.seen())
                .toList();
    }

    private static String oneLine(String cause) {
        String line = cause.replaceAll("\\s+", " ").strip();
        return line.length() <= CAUSE_CHARACTERS ? line : line.substring(0, CAUSE_CHARACTERS) + "...";
    }

    private static Evidence text(String name, String text) {
        return new Evidence(name, "text/plain", text);
    }

    /** Whole lines of the end, where there are lines. */
    private static String end(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        String end = text.substring(text.length() - most);
        // a line that is cut in two may hold half of a secret, which nobody would know
        int line = end.indexOf('\n');
        return "[the beginning is not kept]\n" + (line < 0 ? "" : end.substring(line + 1));
    }
}
