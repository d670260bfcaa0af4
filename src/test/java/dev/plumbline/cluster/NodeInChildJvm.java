package dev.plumbline.cluster;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A process that starts a node and then waits to be killed. */
final class NodeInChildJvm {

    private NodeInChildJvm() {}

    public static void main(String[] args) throws InterruptedException {
        K3sTarget target = K3sTarget.start(new K3sImage(args[0], Optional.empty()), args[1]);
        System.out.println("READY " + target.description());
        new CountDownLatch(1).await();
    }
}
