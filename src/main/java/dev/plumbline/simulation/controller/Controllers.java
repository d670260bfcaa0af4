package dev.plumbline.simulation.controller;

import dev.plumbline.simulation.api.State;
import dev.plumbline.timing.VirtualClock;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** All controllers of the control plane. */
public final class Controllers {

    private final Namespaces namespaces;
    private final GarbageCollector garbage;
    private final Deployments deployments;
    private final ReplicaSets replicaSets;
    private final StatefulSets statefulSets;
    private final DaemonSets daemonSets;
    private final Jobs jobs;
    private final CronJobs cronJobs;
    private final Scheduler scheduler;
    private final Claims claims;
    private final Volumes volumes;
    private final ServiceEndpoints endpoints;

    public Controllers(State state, VirtualClock clock, KubernetesSerialization serialization) {
        TemplateHash hash = new TemplateHash(serialization);
        this.namespaces = new Namespaces(state, clock);
        this.garbage = new GarbageCollector(state, clock);
        this.deployments = new Deployments(state, clock, hash);
        this.replicaSets = new ReplicaSets(state, clock);
        this.statefulSets = new StatefulSets(state, clock, hash);
        this.daemonSets = new DaemonSets(state, clock, hash);
        this.jobs = new Jobs(state, clock);
        this.cronJobs = new CronJobs(state, clock);
        this.scheduler = new Scheduler(state, clock);
        this.claims = new Claims(state, clock);
        this.volumes = new Volumes(state, clock);
        this.endpoints = new ServiceEndpoints(state, clock);
    }

    /** They listen from now on, in this order. */
    public void start() {
        namespaces.start();
        garbage.start();
        deployments.start();
        replicaSets.start();
        statefulSets.start();
        daemonSets.start();
        jobs.start();
        cronJobs.start();
        scheduler.start();
        claims.start();
        volumes.start();
        endpoints.start();
    }
}
