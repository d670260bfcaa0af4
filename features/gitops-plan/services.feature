@document:gitops-plan
Feature: The services of the homelab answer

  Each service is asked the way its users ask it. Running is not enough.

  @criterion:BASE-PROM-01 @core @mode:throwaway @mode:live
  Rule: Prometheus is ready, and every target it declares is up

    @lock:cluster @fault:redis-target-elsewhere
    Scenario: Every target was reached at its last scrape
      Given the "gitops-plan" manifests are deployed from Git
      And Deployment "prometheus" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then a GET of "/-/ready" on service "prometheus:9090" in namespace "<profile.namespace>" answers 200 within 30 seconds
      And every target of Prometheus on service "prometheus:9090" in namespace "<profile.namespace>" is up within 3 minutes

  @criterion:BASE-PG-01 @extended @mode:throwaway @mode:live
  Rule: PostgreSQL answers queries and keeps its data across pod restarts

    @changes-cluster @lock:postgres @fault:postgres-storage-emptydir
    Scenario: The same rows are there after the pod was deleted
      Given the "gitops-plan" manifests are deployed from Git
      And StatefulSet "postgres" in namespace "<profile.namespace>" is rolled out within 3 minutes
      When 1000 rows are written to table "precious" of PostgreSQL pod "postgres-0" in namespace "<profile.namespace>"
      And pod "postgres-0" in namespace "<profile.namespace>" is deleted
      Then another pod "postgres-0" is ready within 3 minutes
      And the same 1000 rows are in table "precious" of PostgreSQL pod "postgres-0" in namespace "<profile.namespace>" within 1 minute

  @criterion:BASE-REDIS-01 @extended @mode:throwaway @mode:live
  Rule: Redis answers and keeps its keys across pod restarts

    @changes-cluster @lock:redis @fault:redis-storage-emptydir
    Scenario: The same value is there after the pod was deleted
      Given the "gitops-plan" manifests are deployed from Git
      And Deployment "redis" in namespace "<profile.namespace>" is rolled out within 3 minutes
      Then running "redis-cli ping" in a pod of deployment "redis" in namespace "<profile.namespace>" prints "PONG"
      And running "redis-cli set plumbline precious" in a pod of deployment "redis" in namespace "<profile.namespace>" prints "OK"
      When the pods of Deployment "redis" in namespace "<profile.namespace>" are deleted
      Then Deployment "redis" in namespace "<profile.namespace>" is rolled out within 3 minutes
      And running "redis-cli get plumbline" in a pod of deployment "redis" in namespace "<profile.namespace>" prints "precious"

  @criterion:BASE-N8N-01 @extended @mode:throwaway @mode:live
  Rule: N8n is healthy and ready

  @criterion:BASE-FLOWISE-01 @extended @mode:throwaway @mode:live
  Rule: Flowise answers its ping

  @criterion:BASE-REG-01 @extended @mode:throwaway @mode:live
  Rule: The registry takes a blob and gives it back unchanged
