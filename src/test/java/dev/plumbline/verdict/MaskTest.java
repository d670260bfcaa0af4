package dev.plumbline.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {

    private final Mask mask = new Mask();

    @Test
    void aKnownSecretIsTakenOutInEachForm() {
        String secret = "pa\"ss/wo rd+1";
        mask.secret(secret);

        assertThat(mask.apply("a " + secret + " b")).isEqualTo("a *** b");
        assertThat(mask.apply("{\"x\":\"pa\\\"ss/wo rd+1\"}")).isEqualTo("{\"x\":\"***\"}");
        assertThat(mask.apply("q=pa%22ss%2Fwo+rd%2B1&y")).isEqualTo("q=***&y");
        assertThat(mask.apply(Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("***");
    }

    @Test
    void theLongerOfTwoSecretsGoesFirst() {
        mask.secret("canary");
        mask.secret("canary-and-more");

        assertThat(mask.apply("x canary-and-more y canary")).isEqualTo("x *** y ***");
    }

    @Test
    void aValueTooShortToBeASecretIsLeft() {
        mask.secret("on");

        assertThat(mask.apply("condition")).isEqualTo("condition");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "enabled, true",
        "replicas, 1",
        "username, postgres",
        "host, pg-0.pg.svc",
        "database, homelab",
        "password, admin",
        "password, 1234",
        "password, redis",
        "port, 5432",
        "TOKEN, abc"
    })
    void aCommonValueIsLeftWhereNoNameStandsBeforeIt(String name, String value) {
        mask.secret(name, value, false);

        assertThat(mask.apply("Deployment \"" + value + "\" was " + value)).contains("was " + value);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "DB_PASSWORD, hunter-2",
        "password, correcthorse",
        "api-key, a1b2",
        "username, k8s9f2xq7",
        "app.conf, 'x\ny=0123456789abcdef0\n'"
    })
    void aTellingValueIsTakenOutWhereverItStands(String name, String value) {
        mask.secret(name, value.replace("\\n", "\n"), false);

        String word = value.contains("=") ? "y=0123456789abcdef0" : value;
        assertThat(mask.apply("it was " + word + ".")).isEqualTo("it was ***.");
    }

    @Test
    void aShortSecretTearsNoWord() {
        mask.secret("a1b2");

        assertThat(mask.apply("web-a1b2c3 got a1b2")).isEqualTo("web-a1b2c3 got ***");
    }

    @Test
    void overlappingSecretsLeaveNothingOfEither() {
        mask.secret("abcdefgh1");
        mask.secret("efgh1ijkl");

        assertThat(mask.apply("<abcdefgh1ijkl>")).isEqualTo("<***>");
    }

    @Test
    void aSecretIsTakenOutOfALongerBase64AndBeforeACut() {
        mask.secret("canary-value-9");
        String basic = Base64.getEncoder().encodeToString("user:canary-value-9!".getBytes(StandardCharsets.UTF_8));

        assertThat(mask.apply("x " + basic)).doesNotContain("Y2FuYXJ5", "jYW5hcnk", "phbmFyeS12");
        assertThat(mask.apply("it said canary-va...")).isEqualTo("it said ***...");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer CANARY1234567890",
                "\"authorization\": [\"Basic CANARYMTIzNDU2Nzg5MA==\"]",
                "Authorization: AWS4-HMAC-SHA256 Credential=CANARY/x, Signature=CANARY",
                "curl -H 'Authorization: token CANARY'",
                "got Bearer CANARY1234567890 back",
                "http://admin:CANARY@grafana:3000/api",
                "postgres://u:p@CANARY@db/x",
                "-----BEGIN RSA PRIVATE KEY-----\nCANARY\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nCANARY cut off",
                "AWS_SECRET_ACCESS_KEY=CANARYxxxxxxxxxxxxxxxxxx",
                "password: CANARY",
                "\"adminPassword\":\"CANARY\"",
                "client-key-data: CANARY",
                "eyJCANARY012345.eyJCANARY.CANARY"
            })
    void credentialsInTheirUsualFormsAreTakenOut(String text) {
        assertThat(mask.apply(text)).contains(Mask.MARK).doesNotContain("CANARY");
        assertThat(mask.apply(mask.apply(text))).isEqualTo(mask.apply(text));
    }

    @Test
    void anAccessKeyIdIsTakenOut() {
        assertThat(mask.apply("key AKIAIOSFODNN7EXAMPLE used")).isEqualTo("key *** used");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Deployment \"web\" in namespace \"shop\" .spec.replicas was 0, expected 2",
                "http://grafana:3000/api/ds/query",
                "git@example: no",
                "basic checks of the bearer are done",
                "Secret \"db\" has key \"password\""
            })
    void factsAreLeftAsTheyAre(String text) {
        assertThat(mask.apply(text)).isEqualTo(text);
    }

    @Test
    void aDirectoryIsLeftOut() {
        mask.directory(Path.of("/home/someone/project"));

        assertThat(mask.apply("file:///home/someone/project/features/a.feature:3 in /home/someone/project"))
                .isEqualTo("features/a.feature:3 in .");
    }
}
