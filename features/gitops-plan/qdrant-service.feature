@document:gitops-plan
Feature: Qdrant runs as the plan specifies it

  Other services find Qdrant under one name, by HTTP and gRPC, within the resources the plan grants it.

  @criterion:QDRANT-RUN-01 @core @mode:throwaway @mode:live
  Rule: Qdrant is running, ready, and has not restarted in the last hour

    @lock:qdrant @fault:qdrant-settings-unreadable
    Scenario: All shards are ready, in a pod that stays up
      Given the "gitops-plan" manifests are deployed from Git
      And StatefulSet "qdrant" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then a GET of "/readyz" on service "qdrant:6333" in namespace "<profile.namespace>" says "all shards are ready" within 30 seconds
      And no container of the pods "qdrant-*" in namespace "<profile.namespace>" has restarted in the last 1 hour

  @criterion:QDRANT-KIND-01 @core @mode:static @mode:live
  Rule: Qdrant is a StatefulSet with one claim and a cluster-internal Service

    @lock:qdrant @fault:qdrant-as-deployment
    Scenario: StatefulSet, claim and Service are there
      Given the "gitops-plan" manifests are deployed from Git
      And StatefulSet "qdrant" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then claim "storage-qdrant-0" in namespace "<profile.namespace>" is bound to a "local-path" volume of at least "1Gi" within 1 minute
      And Service "qdrant" in namespace "<profile.namespace>" has ".spec.type" equal to "ClusterIP" within 10 seconds

  @criterion:QDRANT-IMG-01 @core @mode:static @mode:throwaway @mode:live
  Rule: Qdrant's image is pinned, at version 1.7.4 or later

    @lock:qdrant @fault:qdrant-image-1.6.1
    Scenario: The image says its version, and so does the server
      Given the "gitops-plan" manifests are deployed from Git
      And StatefulSet "qdrant" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then the images of StatefulSet "qdrant" in namespace "<profile.namespace>" are pinned at version "1.7.4" or later
      And a GET of "/" on service "qdrant:6333" in namespace "<profile.namespace>" gives a ".version" of "1.7.4" or later within 30 seconds

  @criterion:QDRANT-RES-01 @core @mode:static @mode:throwaway @mode:live
  Rule: Qdrant requests half a CPU and 512Mi, and is limited to 2 CPUs and 2Gi

    @lock:qdrant @fault:qdrant-without-limits
    Scenario: Requests and limits are those of the plan
      Given the "gitops-plan" manifests are deployed from Git
      And StatefulSet "qdrant" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then StatefulSet "qdrant" in namespace "<profile.namespace>" has ".spec.template.spec.containers[0].resources.requests.cpu" equal to the quantity "500m"
      And StatefulSet "qdrant" in namespace "<profile.namespace>" has ".spec.template.spec.containers[0].resources.requests.memory" equal to the quantity "512Mi"
      And StatefulSet "qdrant" in namespace "<profile.namespace>" has ".spec.template.spec.containers[0].resources.limits.cpu" equal to the quantity "2"
      And StatefulSet "qdrant" in namespace "<profile.namespace>" has ".spec.template.spec.containers[0].resources.limits.memory" equal to the quantity "2Gi"

  @criterion:QDRANT-STO-01 @core @mode:static @mode:throwaway @mode:live
  Rule: Qdrant's claim of 20Gi from local-path is bound

    @lock:qdrant @fault:qdrant-claim-5gi
    Scenario: The volume is as large as the plan wants it
      Given the "gitops-plan" manifests are deployed from Git
      And StatefulSet "qdrant" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then claim "storage-qdrant-0" in namespace "<profile.namespace>" is bound to a "local-path" volume of at least "20Gi" within 1 minute

  @criterion:QDRANT-STO-02 @core @mode:static @mode:live
  Rule: Qdrant stores under /qdrant/storage, which is its claim

    @lock:qdrant @fault:qdrant-volume-at-data
    Scenario: The claim is mounted where Qdrant stores
      Given the "gitops-plan" manifests are deployed from Git
      And StatefulSet "qdrant" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then "/qdrant/storage" of pod "qdrant-0" lies on a bound PersistentVolumeClaim
      And no container of StatefulSet "qdrant" in namespace "<profile.namespace>" sets the variable "QDRANT__STORAGE__STORAGE_PATH"

    @changes-cluster @lock:qdrant @fault:qdrant-storage-path-elsewhere
    Scenario: A new collection lies on the claim
      Given the "gitops-plan" manifests are deployed from Git
      And StatefulSet "qdrant" in namespace "<profile.namespace>" is rolled out within 3 minutes
      When 10 points are written to Qdrant collection "on-the-claim"
      Then running "ls /qdrant/storage/collections" in pod "qdrant-0" in namespace "<profile.namespace>" lists "on-the-claim"

  @criterion:QDRANT-PORT-01 @core @mode:static @mode:throwaway @mode:live
  Rule: Qdrant's Service offers 6333 and 6334, with a ready endpoint

    @lock:qdrant @fault:qdrant-grpc-port-missing
    Scenario: Both ports lead to a ready pod
      Given the "gitops-plan" manifests are deployed from Git
      And StatefulSet "qdrant" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then service "qdrant" in namespace "<profile.namespace>" offers the ports "6333, 6334" with a ready endpoint each within 1 minute

  @criterion:QDRANT-DNS-01 @core @mode:throwaway @mode:canary
  Rule: A pod of the homelab namespace reaches Qdrant by its full name

    @changes-cluster @lock:qdrant @fault:qdrant-service-renamed
    Scenario: A neighbour resolves the name and gets an answer
      Given the "gitops-plan" manifests are deployed from Git
      And StatefulSet "qdrant" in namespace "<profile.namespace>" is rolled out within 3 minutes
      And the manifests in "manifests/gitops-plan/trials/qdrant-clients" are applied
      And Pod "neighbour" in namespace "<profile.namespace>" has condition "Ready" within 2 minutes
      Then running "curl -s -m 5 -o /dev/null -w %{http_code} http://qdrant.homelab.svc.cluster.local:6333/" in pod "neighbour" in namespace "<profile.namespace>" prints "200" within 30 seconds

  @criterion:QDRANT-HTTP-01 @core @mode:throwaway @mode:live
  Rule: Qdrant answers over HTTP in under 2 seconds

    @lock:qdrant @fault:qdrant-http-port-elsewhere
    Scenario: Health and collections are there at once
      Given the "gitops-plan" manifests are deployed from Git
      And StatefulSet "qdrant" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then a GET of "/healthz" on service "qdrant:6333" in namespace "<profile.namespace>" answers 200 in under 2 seconds within 30 seconds
      And a GET of "/livez" on service "qdrant:6333" in namespace "<profile.namespace>" answers 200 in under 2 seconds within 30 seconds
      And a GET of "/collections" on service "qdrant:6333" in namespace "<profile.namespace>" answers 200 in under 2 seconds within 30 seconds

  @criterion:QDRANT-GRPC-01 @core @mode:throwaway @mode:live
  Rule: Qdrant answers over gRPC

    @changes-cluster @lock:qdrant @fault:qdrant-grpc-port-missing @fault:qdrant-grpc-port-of-http
    Scenario: Qdrant says by gRPC that it serves
      Given the "gitops-plan" manifests are deployed from Git
      And StatefulSet "qdrant" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then the gRPC health check of service "qdrant:6334" in namespace "<profile.namespace>" answers SERVING within 30 seconds

  @criterion:QDRANT-GRPC-02 @extended @mode:throwaway
  Rule: Points written over HTTP are read over gRPC, unchanged

    @changes-cluster @lock:qdrant @fault:qdrant-grpc-port-of-http
    Scenario: Each vector is the same in both ways
      Given the "gitops-plan" manifests are deployed from Git
      And StatefulSet "qdrant" in namespace "<profile.namespace>" is rolled out within 3 minutes
      When 100 points are written to Qdrant collection "two-ways"
      Then by gRPC the 100 points of Qdrant collection "two-ways" have the same vectors as by HTTP within 30 seconds

  @criterion:QDRANT-HEALTH-01 @core @mode:static @mode:throwaway
  Rule: Qdrant's probes ask paths that Qdrant has

    @lock:qdrant @fault:qdrant-probe-of-health
    Scenario: The path of the plan is none of Qdrant's, and the probes do not use it
      Given the "gitops-plan" manifests are deployed from Git
      And StatefulSet "qdrant" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then every HTTP probe of StatefulSet "qdrant" in namespace "<profile.namespace>" asks for one of "/healthz, /livez, /readyz"
      And a GET of "/health" on service "qdrant:6333" in namespace "<profile.namespace>" answers 404 within 30 seconds

  @criterion:QDRANT-AUTH-01 @core @mode:static @mode:throwaway @mode:live
  Rule: Qdrant without an API key is reached from the homelab namespace only

    @lock:qdrant @fault:qdrant-on-a-node-port
    Scenario: No way leads in from outside the cluster
      Given the "gitops-plan" manifests are deployed from Git
      And StatefulSet "qdrant" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then service "qdrant" in namespace "<profile.namespace>" is closed to the outside of the cluster

    @changes-cluster @lock:qdrant @fault:qdrant-without-network-policy
    Scenario: A pod of another namespace is kept out
      Given the "gitops-plan" manifests are deployed from Git
      And StatefulSet "qdrant" in namespace "<profile.namespace>" is rolled out within 3 minutes
      And the manifests in "manifests/gitops-plan/trials/qdrant-clients" are applied
      And Pod "neighbour" in namespace "<profile.namespace>" has condition "Ready" within 2 minutes
      And Pod "visitor" in namespace "elsewhere" has condition "Ready" within 2 minutes
      Then running "curl -s -m 5 -o /dev/null -w %{http_code} http://qdrant.homelab.svc.cluster.local:6333/collections" in pod "neighbour" in namespace "<profile.namespace>" prints "200" within 30 seconds
      And running "curl -s -m 5 -o /dev/null -w %{http_code} http://qdrant.homelab.svc.cluster.local:6333/collections || true" in pod "visitor" in namespace "elsewhere" prints "000"

  @criterion:QDRANT-AUTH-02 @extended @pending @mode:static @mode:throwaway @mode:live
  Rule: Qdrant with an API key refuses whoever does not give it
