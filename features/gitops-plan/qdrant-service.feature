@document:gitops-plan
Feature: Qdrant runs as the plan specifies it

  Other services find Qdrant under one name, by HTTP and gRPC, within the resources the plan grants it.

  @criterion:QDRANT-RUN-01 @core @mode:throwaway @mode:live
  Rule: Qdrant is running, ready, and has not restarted in the last hour

  @criterion:QDRANT-KIND-01 @core @mode:static @mode:live
  Rule: Qdrant is a StatefulSet with one claim and a cluster-internal Service

  @criterion:QDRANT-IMG-01 @core @mode:static @mode:throwaway @mode:live
  Rule: Qdrant's image is pinned, at version 1.7.4 or later

  @criterion:QDRANT-RES-01 @core @mode:static @mode:throwaway @mode:live
  Rule: Qdrant requests half a CPU and 512Mi, and is limited to 2 CPUs and 2Gi

  @criterion:QDRANT-STO-01 @core @mode:static @mode:throwaway @mode:live
  Rule: Qdrant's claim of 20Gi from local-path is bound

  @criterion:QDRANT-STO-02 @core @mode:static @mode:live
  Rule: Qdrant stores under /qdrant/storage, which is its claim

  @criterion:QDRANT-PORT-01 @core @mode:static @mode:throwaway @mode:live
  Rule: Qdrant's Service offers 6333 and 6334, with a ready endpoint

  @criterion:QDRANT-DNS-01 @core @mode:throwaway @mode:canary
  Rule: A pod of the homelab namespace reaches Qdrant by its full name

  @criterion:QDRANT-HTTP-01 @core @mode:throwaway @mode:live
  Rule: Qdrant answers over HTTP in under 2 seconds

  @criterion:QDRANT-GRPC-01 @core @mode:throwaway @mode:live
  Rule: Qdrant answers over gRPC

  @criterion:QDRANT-GRPC-02 @extended @mode:throwaway
  Rule: Points written over HTTP are read over gRPC, unchanged

  @criterion:QDRANT-HEALTH-01 @core @mode:static @mode:throwaway
  Rule: Qdrant's probes ask paths that Qdrant has

  @criterion:QDRANT-AUTH-01 @core @mode:static @mode:throwaway @mode:live
  Rule: Qdrant without an API key is reached from the homelab namespace only

  @criterion:QDRANT-AUTH-02 @extended @pending @mode:static @mode:throwaway @mode:live
  Rule: Qdrant with an API key refuses whoever does not give it
