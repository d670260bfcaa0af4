@document:gitops-plan
Feature: Qdrant keeps its vectors

  Points are written through Qdrant's API and remembered by a checksum over all ids, vectors and payloads. The pod is
  deleted; a new one must come back with the very same points, from a volume that is the pod's own claim.

  @criterion:QDRANT-PERSIST-01 @core @mode:throwaway
  Rule: Data in Qdrant persists across pod restarts, and is served again within 5 minutes

    @changes-cluster @fault:qdrant-storage-emptydir
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

  @criterion:QDRANT-POINT-01 @core @mode:throwaway @mode:canary
  Rule: A search finds the nearest of 1000 points, with its score to 0.0001

  @criterion:QDRANT-PERSIST-02 @core @mode:throwaway
  Rule: Data in Qdrant persists across scaling to nothing and a change of the pod template

  @criterion:QDRANT-PERSIST-03 @core @mode:live
  Rule: No collection has lost points since the last look, and the storage lies on a bound claim

  @criterion:QDRANT-SNAP-01 @extended @mode:throwaway
  Rule: A collection that was deleted is recovered from its snapshot, unchanged

  @criterion:QDRANT-SNAP-02 @extended @mode:static @mode:throwaway @mode:live
  Rule: Snapshots are taken on schedule, into a volume of their own

  @criterion:QDRANT-VELERO-01 @core @pending @mode:throwaway @mode:live
  Rule: Velero restores Qdrant's points into a fresh namespace

  @criterion:QDRANT-LIMIT-01 @extended @mode:throwaway @mode:live
  Rule: Every collection is limited in size, and refuses what exceeds the limit

  @criterion:QDRANT-ROLLB-01 @core @mode:throwaway
  Rule: Taking Qdrant out of Git keeps its volume, and putting it back finds the data
