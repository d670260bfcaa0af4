package dev.plumbline.action;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.cluster.Target;
import dev.plumbline.timing.Eventually;
import dev.plumbline.timing.Limits;
import dev.plumbline.verdict.About;
import dev.plumbline.verdict.Concern;
import dev.plumbline.verdict.Expectation;
import dev.plumbline.verdict.Judgement;
import dev.plumbline.verdict.NotMeasured;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import dev.plumbline.verdict.Verdict;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a pod as soon as there is the ServiceAccount that it runs as. A new namespace gets its own one a moment later, and
 * until then the API server refuses pods with the code of a missing right.
 */
record AccountAppears(Target target) {

    private static final Pattern LOOKED_UP =
            Pattern.compile("error looking up service account ([^/\\s]+)/([^:\\s]+): ");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    <T> T then(Supplier<T> write) throws InterruptedException {
        try {
            return write.get();
        } catch (KubernetesClientException e) {
            Matcher missing = LOOKED_UP.matcher(Refusals.message(e));
            if (e.getCode() != 403 || !missing.find()) {
                throw e;
            }
            await(new ObjectRef(target.kinds().of("v1", "ServiceAccount"), missing.group(1), missing.group(2)), e);
            return write.get();
        }
    }

    private void await(ObjectRef account, KubernetesClientException refusal) throws InterruptedException {
        There there = new There(account);
        Judgement waited =
                new Eventually(target.clock(), Limits.DEFAULT).within(LIMIT, there, Expectation.isTrue("there"));
        if (waited.verdict() != Verdict.PASS) {
            throw new NotMeasured(
                    Refusals.message(refusal) + "; apply it before the pod, or with it: " + waited.reason(),
                    refusal,
                    Concern.with(there, waited));
        }
    }

    private final class There implements Probe<Boolean> {

        private final ObjectRef account;

        There(ObjectRef account) {
            this.account = account;
        }

        @Override
        public String subject() {
            return account.toString();
        }

        @Override
        public List<About> about() {
            return List.of(account.about());
        }

        @Override
        public Observation<Boolean> look() {
            return target.feeds().get(account).map(found -> true);
        }

        @Override
        public Optional<Subscription> onChange(Runnable changed) {
            return Optional.of(target.feeds().onChange(account.kind(), changed));
        }
    }
}
