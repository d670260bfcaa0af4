package dev.plumbline.simulation.system.prometheus;

import dev.plumbline.simulation.NotSimulated;
import dev.plumbline.simulation.system.prometheus.ConfigReader.BadConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads where a job finds its targets. */
final class SourceReader {

    private static final Set<String> ROLES = Set.of("node", "pod", "service", "endpoints", "endpointslice", "ingress");
    private static final Set<String> MODELLED_ROLES = Set.of("node", "pod", "service", "endpoints");
    private static final Set<String> MODELLED = Set.of("static_configs", "kubernetes_sd_configs", "dns_sd_configs");

    private SourceReader() {}

    static List<TargetSource> all(ConfigSection entry) throws BadConfig {
        for (String field : ConfigFields.JOB) {
            if (field.endsWith("_sd_configs") && !MODELLED.contains(field) && entry.has(field)) {
                throw new NotSimulated("" + field);
            }
        }
        List<TargetSource> sources = new ArrayList<>(fixed(entry));
        for (ConfigSection section : entry.sections("kubernetes_sd_configs")) {
            sources.add(kubernetes(section));
        }
        for (ConfigSection section : entry.sections("dns_sd_configs")) {
            sources.add(dns(section));
        }
        return sources;
    }

    static List<TargetSource.Fixed> fixed(ConfigSection entry) throws BadConfig {
        List<TargetSource.Fixed> targets = new ArrayList<>();
        for (ConfigSection group : entry.sections("static_configs")) {
            group.allow("struct", Set.of("targets", "labels"));
            for (String address : group.list("targets")) {
                if (address.contains("/")) {
                    throw new BadConfig("\"" + address + "\" is not a valid hostname");
                }
            }
            targets.add(new TargetSource.Fixed(group.list("targets"), group.strings("labels")));
        }
        return targets;
    }

    private static TargetSource kubernetes(ConfigSection section) throws BadConfig {
        section.allow("kubernetes.plain", ConfigFields.DISCOVERY);
        String role = section.text("role", "");
        if (role.isEmpty()) {
            throw new BadConfig("role missing (one of: pod, service, endpoints, endpointslice, node, ingress)");
        }
        if (!ROLES.contains(role)) {
            throw new BadConfig("unknown Kubernetes SD role \"" + role + "\"");
        }
        if (!MODELLED_ROLES.contains(role)) {
            throw new NotSimulated("kubernetes_sd_configs with role " + role);
        }
        String selector = "";
        for (ConfigSection each : section.sections("selectors")) {
            selector = each.text("role", "").equals(role) ? each.text("label", "") : selector;
        }
        return new TargetSource.Kubernetes(role, section.section("namespaces").list("names"), selector);
    }

    private static TargetSource dns(ConfigSection section) throws BadConfig {
        section.allow("dns.plain", Set.of("names", "refresh_interval", "type", "port"));
        String type = section.text("type", "SRV");
        int port = Integer.parseInt(section.text("port", "0"));
        if (section.list("names").isEmpty()) {
            throw new BadConfig("DNS-SD config must contain at least one SRV record name");
        }
        if (type.equals("A") && port == 0) {
            throw new BadConfig("a port is required in DNS-SD configs for all record types except SRV");
        }
        if (!type.equals("A") && !type.equals("SRV")) {
            throw new NotSimulated("dns_sd_configs with type " + type);
        }
        return new TargetSource.Dns(section.list("names"), type, port);
    }
}
