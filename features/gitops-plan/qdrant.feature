@document:gitops-plan
Feature: Qdrant keeps its vectors

  Points are written through Qdrant's API and remembered by a checksum over all ids, vectors and payloads. The pod is
  deleted; a new one must come back with the very same points, from a volume that is the pod's own claim.

  @criterion:QDRANT-PERSIST-01 @core @mode:throwaway
  Rule: Data in Qdrant persists across pod restarts, and is served again within 5 minutes

    @changes-cluster @lock:qdrant @fault:qdrant-storage-emptydir
    Scenario: The same points are there after the pod was deleted
      Given the "gitops-plan" manifests are deployed from Git
      And StatefulSet "qdrant" in namespace "<profile.namespace>" is rolled out within 3 minutes
      When 1000 points are written to Qdrant collection "plumbline"
      And pod "qdrant-0" in namespace "<profile.namespace>" is deleted
      Then another pod "qdrant-0" is ready within 5 minutes
      And the same 1000 points are in Qdrant collection "plumbline" within 1 minute
      And "/qdrant/storage" of pod "qdrant-0" lies on a bound PersistentVolumeClaim

  @criterion:QDRANT-COLL-01 @core @mode:throwaway @mode:canary
  Rule: A collection of 384 dimensions by cosine is usable within 30 seconds

    @changes-cluster @lock:qdrant @fault:qdrant-collection-of-768
    Scenario: The collection of the guide is green
      Given the "gitops-plan" manifests are deployed from Git
      And StatefulSet "qdrant" in namespace "<profile.namespace>" is rolled out within 3 minutes
      When the collection that "docs/qdrant-collection.json" of "gitops-plan" describes is made in Qdrant as "as-in-the-guide"
      Then Qdrant collection "as-in-the-guide" is green with 384 dimensions by Cosine within 30 seconds

  @criterion:QDRANT-POINT-01 @core @mode:throwaway @mode:canary
  Rule: A search finds the nearest of 1000 points, with its score to 0.0001

    @changes-cluster @lock:qdrant @fault:qdrant-collection-by-euclid
    Scenario: Each search finds what computing every cosine finds
      Given the "gitops-plan" manifests are deployed from Git
      And StatefulSet "qdrant" in namespace "<profile.namespace>" is rolled out within 3 minutes
      When the collection that "docs/qdrant-collection.json" of "gitops-plan" describes is made in Qdrant as "semantic"
      And 1000 known points are written to the made Qdrant collection "semantic"
      Then searches in Qdrant collection "semantic" find the nearest of the 1000 known points, by cosine to 0.0001

  @criterion:QDRANT-PERSIST-02 @core @mode:throwaway
  Rule: Data in Qdrant persists across scaling to nothing and a change of the pod template

    @changes-cluster @lock:qdrant @fault:qdrant-storage-emptydir
    Scenario: The same points are there after each of both
      Given the "gitops-plan" manifests are deployed from Git
      And StatefulSet "qdrant" in namespace "<profile.namespace>" is rolled out within 3 minutes
      When 1000 points are written to Qdrant collection "kept-by-scaling"
      And someone scales StatefulSet "qdrant" in namespace "<profile.namespace>" to 0 replicas
      Then Pod "qdrant-0" in namespace "<profile.namespace>" does not exist within 2 minutes
      When someone scales StatefulSet "qdrant" in namespace "<profile.namespace>" to 1 replicas
      Then StatefulSet "qdrant" in namespace "<profile.namespace>" is rolled out within 3 minutes
      And the same 1000 points are in Qdrant collection "kept-by-scaling" within 1 minute
      When someone changes ".spec.template.metadata.annotations[\"plumbline.dev/changed\"]" of StatefulSet "qdrant" in namespace "<profile.namespace>" to "once"
      Then Pod "qdrant-0" in namespace "<profile.namespace>" has ".metadata.annotations[\"plumbline.dev/changed\"]" equal to "once" within 2 minutes
      And StatefulSet "qdrant" in namespace "<profile.namespace>" is rolled out within 3 minutes
      And the same 1000 points are in Qdrant collection "kept-by-scaling" within 1 minute

  @criterion:QDRANT-PERSIST-03 @core @mode:live
  Rule: No collection has lost points since the last look, and the storage lies on a bound claim

    # What Prometheus remembers of a day is the last look: a collection that is gone has lost all it had.
    @changes-cluster @lock:qdrant @fault:qdrant-storage-emptydir
    Scenario: What Prometheus saw during a day is still there
      Given the "gitops-plan" manifests are deployed from Git
      And StatefulSet "qdrant" in namespace "<profile.namespace>" is rolled out within 3 minutes
      And Deployment "prometheus" in namespace "<profile.namespace>" is rolled out within 3 minutes
      When 500 points are written to Qdrant collection "watched"
      Then the PromQL query "collection_points{id='watched'} >= 500" on service "prometheus:9090" in namespace "<profile.namespace>" returns data within 2 minutes
      When pod "qdrant-0" in namespace "<profile.namespace>" is deleted
      Then another pod "qdrant-0" is ready within 5 minutes
      And the PromQL query "max_over_time(collection_points{job='qdrant'}[1d]) - (collection_points{job='qdrant'} or 0 * max_over_time(collection_points{job='qdrant'}[1d]))" on service "prometheus:9090" in namespace "<profile.namespace>" gives at most 0.0 within 2 minutes
      And "/qdrant/storage" of pod "qdrant-0" lies on a bound PersistentVolumeClaim

  @criterion:QDRANT-SNAP-01 @extended @mode:throwaway
  Rule: A collection that was deleted is recovered from its snapshot, unchanged

    @changes-cluster @lock:qdrant @fault:qdrant-snapshots-in-the-container
    Scenario: The snapshot outlives the pod, and brings the same points back
      Given the "gitops-plan" manifests are deployed from Git
      And StatefulSet "qdrant" in namespace "<profile.namespace>" is rolled out within 3 minutes
      When 1000 points are written to Qdrant collection "recovered"
      And a snapshot of Qdrant collection "recovered" is taken
      And pod "qdrant-0" in namespace "<profile.namespace>" is deleted
      Then another pod "qdrant-0" is ready within 5 minutes
      And the same 1000 points are in Qdrant collection "recovered" within 1 minute
      When Qdrant collection "recovered" is deleted and recovered from its snapshot in "/qdrant/storage/snapshots/recovered"
      Then the same 1000 points are in Qdrant collection "recovered" within 1 minute

  @criterion:QDRANT-SNAP-02 @extended @mode:static @mode:throwaway @mode:live
  Rule: Snapshots are taken on schedule, into a volume of their own

  @criterion:QDRANT-VELERO-01 @core @pending @mode:throwaway @mode:live
  Rule: Velero restores Qdrant's points into a fresh namespace

  @criterion:QDRANT-LIMIT-01 @extended @mode:throwaway @mode:live
  Rule: Every collection is limited in size, and refuses what exceeds the limit

  @criterion:QDRANT-ROLLB-01 @core @mode:throwaway
  Rule: Taking Qdrant out of Git keeps its volume, and putting it back finds the data

    @changes-cluster @lock:git @lock:qdrant @fault:qdrant-claim-in-git
    Scenario: The points survive the removal of the StatefulSet from Git
      Given the "gitops-plan" manifests are deployed from Git
      And Flux follows the repository
      And StatefulSet "qdrant" in namespace "<profile.namespace>" is rolled out within 3 minutes
      When 1000 points are written to Qdrant collection "kept-by-the-claim"
      And a commit takes "statefulset.yaml" out of "infrastructure/kubernetes/databases/qdrant"
      Then StatefulSet "qdrant" is gone within 5 minutes of the commit
      And PersistentVolumeClaim "storage-qdrant-0" in namespace "<profile.namespace>" keeps ".status.phase" equal to "Bound" for 1 minute
      When the commit is reverted
      Then StatefulSet "qdrant" is rolled out within 5 minutes of the commit
      And the same 1000 points are in Qdrant collection "kept-by-the-claim" within 1 minute
