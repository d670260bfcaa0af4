@document:gitops-plan
Feature: Others work with Qdrant

  What the plan wants Qdrant for: workflows and agents that store vectors and find them again.

  @criterion:QDRANT-N8N-01 @extended @mode:static @mode:throwaway
  Rule: An example workflow of N8n is documented and writes a point

  @criterion:QDRANT-FLOWISE-01 @extended @mode:throwaway
  Rule: A chatflow of Flowise stores documents in Qdrant

  @criterion:QDRANT-LC-01 @extended @mode:throwaway
  Rule: LangChain for Python stores documents in Qdrant and finds them

  @criterion:QDRANT-RAG-01 @extended @mode:throwaway @mode:canary
  Rule: Embeddings from Ollama fit the collection, are stored and found

  @criterion:QDRANT-USE-01 @extended @mode:live
  Rule: Qdrant uses less than 90 % of its memory and was not killed for it in 7 days

  @criterion:QDRANT-DISK-01 @core @mode:throwaway @mode:live
  Rule: The use of Qdrant's volume is measured, below 80 %, and watched by an alert

    @lock:qdrant @fault:volume-use-not-collected @fault:volume-alert-missing
    Scenario: Prometheus knows how full the volume is, and warns in time
      Given the "gitops-plan" manifests are deployed from Git
      And StatefulSet "qdrant" in namespace "<profile.namespace>" is rolled out within 3 minutes
      And Deployment "prometheus" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then the PromQL query "100 * kubelet_volume_stats_used_bytes{persistentvolumeclaim='storage-qdrant-0'} / kubelet_volume_stats_capacity_bytes{persistentvolumeclaim='storage-qdrant-0'}" on service "prometheus:9090" in namespace "<profile.namespace>" gives at most 80.0 within 3 minutes
      And the alert "VolumeAlmostFull" on service "prometheus:9090" in namespace "<profile.namespace>" fires above a limit from 80 to 90 within 2 minutes

  @criterion:QDRANT-CLEAN-01 @extended @mode:static
  Rule: A guide gives Qdrant's connection details and how to clean up

    @fault:qdrant-guide-without-clean-up
    Scenario: The guide has both
      Then the document "docs/QDRANT-SETUP.md" of "gitops-plan" has the headings "Connection details, Clean up"
