package dev.plumbline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Secrets in every place that a run may meet them, criteria that all fail over them, and a search for them in everything
 * that the run said. Each is known by a part that also stands in its URL-encoded form; Base64 is searched at each offset.
 */
final class Canaries {

    static final String VARIABLE = "SHOP_ADMIN_PASSWORD";

    private final Path directory;
    private final Map<String, String> cores = new LinkedHashMap<>();

    Canaries(Path directory) {
        this.directory = directory;
    }

    /** The secret of a place. */
    String of(String place) {
        return "c+n/" + core(place);
    }

    /** One that can stand in an address as it is. */
    String core(String place) {
        return cores.computeIfAbsent(place, name -> "9Kx" + name + "7Vq2M");
    }

    /** Something else that must not be found, such as a line of a key. */
    void also(String name, String core) {
        cores.put(name, core);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    void write() throws IOException {
        file("app/app.yaml", app());
        file("refused/first.yaml", job(of("joba"), "3"));
        file("changed/second.yaml", job(of("jobb"), "4"));
        file("features/canary.feature", features());
    }

    private String app() {
        String lastApplied =
                "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"creds\"},\"stringData\":"
                        + "{\"password\":\"" + of("lastapplied") + "\"}}";
        return """
                apiVersion: v1
                kind: Namespace
                metadata: {name: canary}
                ---
                apiVersion: v1
                kind: Secret
                metadata:
                  name: creds
                  namespace: canary
                  annotations: {kubectl.kubernetes.io/last-applied-configuration: '%s'}
                data: {password: %s, username: %s, enabled: dHJ1ZQ==, replicas: MQ==, app: d2Vi}
                stringData:
                  token: %s
                  registry.json: '{"auths":{"registry.example":{"password":"%s"}}}'
                  settings.ini: "host = db\\nsession_key = %s\\n"
                  url: postgres://shop:%s@db/shop
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings, namespace: canary}
                data:
                  dsn: postgres://shop:%s@db/shop
                  git: https://%s@git.example/shop.git
                  headers: |
                    Authorization: Bearer %s
                    X-Api-Key: %s
                    Cookie: session=%s
                  query: https://api.example/v1?access_token=%s&page=2
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: canary}
                spec:
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec:
                      terminationGracePeriodSeconds: 0
                      containers:
                        - name: app
                          image: busybox:1.36
                          command: [sh, -c]
                          args:
                            - 'echo "using $QDRANT_API_KEY and $MINIO_ROOT_PASSWORD"; echo "token is $TOKEN"; echo "login as shop with $DATABASE_URL"; echo "$PASSWORD was refused"; exit 1'
                            - --token=%s
                            - --password
                            - %s
                          env:
                            - {name: QDRANT_API_KEY, value: '%s'}
                            - {name: MINIO_ROOT_PASSWORD, value: '%s'}
                            - {name: DATABASE_URL, value: 'postgres://shop:%s@db/shop'}
                            - {name: TOKEN, valueFrom: {secretKeyRef: {name: creds, key: token}}}
                            - {name: PASSWORD, valueFrom: {secretKeyRef: {name: creds, key: password}}}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: talker, namespace: canary, labels: {app: talker}}
                spec:
                  terminationGracePeriodSeconds: 0
                  volumes: [{name: creds, secret: {secretName: creds}}]
                  containers:
                    - name: app
                      image: busybox:1.36
                      command: [sh, -c, "mkdir -p /www && cat /creds/token /creds/username > /www/index.html && httpd -f -p 8080 -h /www"]
                      volumeMounts: [{name: creds, mountPath: /creds}]
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: talker, namespace: canary}
                spec: {selector: {app: talker}, ports: [{port: 8080}]}
                """.formatted(
                        lastApplied,
                        base64(of("data")),
                        base64(of("username")),
                        of("token"),
                        of("registry"),
                        core("ini"),
                        core("secreturl"),
                        core("dsn"),
                        core("git"),
                        core("bearer"),
                        core("header"),
                        core("cookie"),
                        core("query"),
                        of("arg"),
                        of("argument"),
                        of("qdrant"),
                        of("minio"),
                        core("pgenv"));
    }

    private static String job(String secret, String code) {
        return """
                apiVersion: batch/v1
                kind: Job
                metadata: {name: import, namespace: canary}
                spec:
                  template:
                    spec:
                      restartPolicy: Never
                      containers:
                        - name: app
                          image: busybox:1.36
                          command: [sh, -c, "exit %s"]
                          env: [{name: IMPORT_TOKEN, value: '%s'}]
                """.formatted(code, secret);
    }

    private String features() {
        String secret = "Secret \"creds\" in namespace \"canary\" has ";
        String map = "ConfigMap \"settings\" in namespace \"canary\" has ";
        String is = " equal to \"x\" within 1 second";
        List<String> steps = List.of(
                "Deployment \"web\" in namespace \"canary\" is rolled out within 15 seconds",
                secret + "\".data\"" + is,
                secret + "\".metadata.annotations\"" + is,
                map + "\".data\"" + is,
                map + "\".data.git\"" + is,
                map + "\".data.headers\"" + is,
                "Deployment \"web\" in namespace \"canary\" has \".spec.template.spec.containers[0]\"" + is,
                "running \"cat /creds/token /creds/password /creds/settings.ini\" in pod \"talker\" in namespace \"canary\""
                        + " prints \"x\"",
                "running \"echo " + of("variable") + "\" in pod \"talker\" in namespace \"canary\" prints \"x\"",
                "a GET of \"/?api_key=" + core("apikey") + "\" on service \"talker:8080\" in namespace \"canary\""
                        + " answers 418 within 1 second",
                "a GET of \"/\" on service \"talker:8080\" in namespace \"canary\" answers 200 within 10 seconds",
                "every pod in namespace \"canary\" is ready within 1 second");
        StringBuilder text = new StringBuilder("@lock:canary\nFeature: Canaries\n");
        rule(
                text,
                "the manifests in \"app\" are applied",
                "Pod \"talker\" in namespace \"canary\" has condition" + " \"Ready\" within 30 seconds");
        steps.forEach(step -> rule(text, "the manifests in \"app\" are applied", step));
        rule(
                text,
                "the manifests in \"app\" are applied\n      And the manifests in \"refused\" are applied\n"
                        + "      And the manifests in \"changed\" are applied",
                "Job \"import\" in namespace \"canary\" has condition \"Complete\" within 1 second");
        return text.toString();
    }

    private static void rule(StringBuilder text, String given, String step) {
        int number = text.toString().split("Rule:").length;
        text.append("\n  @criterion:CANARY-%02d @changes-cluster\n  Rule: R%d\n".formatted(number, number))
                .append("    Scenario: S\n      Given ")
                .append(given)
                .append("\n      Then ")
                .append(step)
                .append('\n');
    }

    private void file(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Runs a real process over them; returns all that it said and wrote, by file. */
    Map<String, String> run(String... target) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.plumbline.Plumbline",
                "verify",
                "--parallel",
                "4",
                "--reports",
                "said/reports",
                "--history",
                "said/history.jsonl"));
        command.addAll(List.of(target));
        Files.createDirectories(directory.resolve("said"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(directory.resolve("said/out").toFile())
                .redirectError(directory.resolve("said/err").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PLUMBLINE_"));
        builder.environment().put(VARIABLE, of("variable"));
        builder.environment().put("GITLAB_CI", "true");
        builder.environment()
                .put("GITHUB_STEP_SUMMARY", directory.resolve("said/summary.md").toString());
        Process process = builder.start();
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        Map<String, String> said = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(directory.resolve("said"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                InputStream bytes = Files.newInputStream(file);
                try (InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes) {
                    String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
                    said.put(directory.relativize(file).toString(), text);
                }
            }
        }
        return said;
    }

    /** Where a canary was found, in the clear or in Base64. */
    TreeSet<String> found(Map<String, String> said) {
        TreeSet<String> found = new TreeSet<>();
        cores.forEach((place, core) -> said.forEach((file, text) -> {
            if (text.contains(core)) {
                found.add(place + " in " + file);
            }
            for (int shift = 0; shift < 3; shift++) {
                if (text.contains(trace(core, shift))) {
                    found.add(place + " as Base64 in " + file);
                }
            }
        }));
        return found;
    }

    /** What the text alone decides of a Base64 in which it stands so many bytes in. */
    private static String trace(String text, int shift) {
        String whole = base64("\0".repeat(shift) + text);
        int from = shift == 0 ? 0 : 4;
        int to = (shift + text.length()) / 3 * 4;
        return whole.substring(from, to);
    }
}
