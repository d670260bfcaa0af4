package dev.plumbline.gitops;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/** A user and a password for one repository over HTTP. Never shows the password. */
public record Credentials(String user, String password) {

    /** The value of an {@code Authorization} header. */
    String basic() {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a request's header carries them; takes equally long for every wrong one. */
    boolean accepts(String header) {
        return MessageDigest.isEqual(basic().getBytes(StandardCharsets.UTF_8), header.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "Credentials[user=" + user + "]";
    }
}
