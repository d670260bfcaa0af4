Feature: A shop that nobody of us knows

  Every fixed step of Plumbline, as a stranger would write it.

  Rule: The shop serves its page and keeps its stock

    Background:
      Given the manifests in "src/test/resources/elsewhere/manifests/shop" are applied
      And Deployment "web" in namespace "shop" is rolled out within 120 seconds
      And every pod in namespace "shop" is ready within 2 minutes

    @changes-cluster @lock:web
    Scenario: The page is there, and scaling by hand works
      Then a GET of "/" on service "web:8080" in namespace "shop" answers 200 within 30 seconds
      And Deployment "web" in namespace "shop" has condition "Available" within 1 minute
      When someone scales deployment "web" in namespace "shop" to 2 replicas
      Then Deployment "web" in namespace "shop" has ".status.readyReplicas" equal to "2" within 2 minutes
      When someone changes ".spec.replicas" of Deployment "web" in namespace "shop" to "1"
      Then Deployment "web" in namespace "shop" has ".spec.replicas" equal to "1" within 10 seconds

    @changes-cluster @smoke
    Scenario: What was stored is there after the pod was deleted
      Then running "cat /data/x || (echo -n precious > /data/x; cat /data/x)" in pod "db-0" in namespace "shop" prints "precious"
      When pod "db-0" in namespace "shop" is deleted
      Then StatefulSet "db" in namespace "shop" is rolled out within 2 minutes
      And running "cat /data/x" in pod "db-0" in namespace "shop" prints "precious"

    @changes-cluster
    Scenario: Settings stay until somebody deletes them
      Then ConfigMap "settings" in namespace "shop" exists within 10 seconds
      And ConfigMap "settings" in namespace "shop" has ".data.color" equal to "blue" within 10 seconds
      And ConfigMap "settings" in namespace "shop" keeps ".data.color" equal to "blue" for 3 seconds
      When someone deletes ConfigMap "settings" in namespace "shop"
      Then ConfigMap "settings" in namespace "shop" does not exist within 10 seconds

  @criterion:SHOP-METRICS @extended
  Rule: The shop is measured

    @changes-cluster
    Scenario: Prometheus scrapes itself
      Given the manifests in "src/test/resources/elsewhere/manifests/shop" are applied
      Then Deployment "prometheus" in namespace "shop" is rolled out within 2 minutes
      And the PromQL query "up" on service "prometheus:9090" in namespace "shop" returns data within 1 minute

  @criterion:SHOP-GITOPS
  Rule: The shop follows Git

    @changes-cluster
    Scenario: A deployment from Git is reverted to what Git says
      Given the "stranger" manifests are deployed from Git
      When someone scales deployment "stall" to 0 replicas right after a reconciliation
      Then deployment "stall" has its declared replicas again within 5 minutes
      And Kustomization.kustomize.toolkit.fluxcd.io "app" in namespace "flux-system" has condition "Ready" within 2 minutes

  @criterion:SHOP-LATER
  Rule: The shop is open at night
