package dev.plumbline.simulation.system.grafana;

import java.util.Locale;

/** The addresses of folders, which are made of their titles. */
final class Folders {

    private Folders() {}

    static String uid(String title) {
        return "f" + Integer.toHexString(title.hashCode()).toLowerCase(Locale.ROOT);
    }

    static String url(String title) {
        return "/dashboards/f/" + uid(title) + "/" + Dashboard.slug(title);
    }
}
