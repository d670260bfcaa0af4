package dev.plumbline.bare;

import io.cucumber.java.en.Then;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;

/** The one step of the plain case, over one informer on all ConfigMaps. */
public final class BareSteps {

    private static final SharedIndexInformer<ConfigMap> CONFIG_MAPS =
            new KubernetesClientBuilder().build().configMaps().inAnyNamespace().inform();

    @Then("ConfigMap {string} in namespace {string} has {string} equal to {string} within {int} seconds")
    public void has(String name, String namespace, String path, String value, int seconds) throws InterruptedException {
        String key = path.substring(".data.".length());
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (!holds(namespace + "/" + name, key, value)) {
            if (System.nanoTime() > end) {
                throw new AssertionError(name + " does not hold " + value);
            }
            Thread.sleep(50);
        }
    }

    private static boolean holds(String object, String key, String value) {
        ConfigMap found = CONFIG_MAPS.getIndexer().getByKey(object);
        Map<String, String> data = found == null ? Map.of() : found.getData();
        return value.equals(data.get(key));
    }
}
