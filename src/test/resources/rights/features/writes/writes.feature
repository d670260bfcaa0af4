Feature: What can be done to a cluster with some right missing

  Of each pair one holds and one does not.

  @criterion:CHANGE-HOLDS
  Rule: CHANGE HOLDS
    @changes-cluster
    Scenario: CHANGE HOLDS
      Given the manifests in "<profile.own>" are applied
      When someone changes ".data.color" of ConfigMap "changed" in namespace "<profile.ns>" to "red"
      Then ConfigMap "changed" in namespace "<profile.ns>" has ".data.color" equal to "red" within 10 seconds

  @criterion:CHANGE-FAILS
  Rule: CHANGE FAILS
    @changes-cluster
    Scenario: CHANGE FAILS
      Given the manifests in "<profile.own>" are applied
      When someone changes ".data.color" of ConfigMap "changed-2" in namespace "<profile.ns>" to "red"
      Then ConfigMap "changed-2" in namespace "<profile.ns>" has ".data.color" equal to "blue" within 1 second

  @criterion:DELETE-HOLDS
  Rule: DELETE HOLDS
    @changes-cluster
    Scenario: DELETE HOLDS
      Given the manifests in "<profile.own>" are applied
      When someone deletes ConfigMap "deleted" in namespace "<profile.ns>"
      Then ConfigMap "deleted" in namespace "<profile.ns>" does not exist within 10 seconds

  @criterion:DELETE-FAILS
  Rule: DELETE FAILS
    @changes-cluster
    Scenario: DELETE FAILS
      Given the manifests in "<profile.own>" are applied
      When someone deletes ConfigMap "deleted-2" in namespace "<profile.ns>"
      Then ConfigMap "deleted-2" in namespace "<profile.ns>" exists within 1 second

  @criterion:SCALE-HOLDS
  Rule: SCALE HOLDS
    @changes-cluster @lock:web
    Scenario: SCALE HOLDS
      Given the manifests in "<profile.own>" are applied
      When someone scales deployment "web" in namespace "<profile.ns>" to 2 replicas
      Then Deployment "web" in namespace "<profile.ns>" has ".spec.replicas" equal to "2" within 10 seconds

  @criterion:SCALE-FAILS
  Rule: SCALE FAILS
    @changes-cluster @lock:web
    Scenario: SCALE FAILS
      Given the manifests in "<profile.own>" are applied
      When someone scales deployment "web" in namespace "<profile.ns>" to 2 replicas
      Then Deployment "web" in namespace "<profile.ns>" has ".spec.replicas" equal to "1" within 1 second

  @criterion:POD-HOLDS
  Rule: POD HOLDS
    @changes-cluster @lock:web
    Scenario: POD HOLDS
      Given the manifests in "<profile.own>" are applied
      Then Deployment "web" in namespace "<profile.ns>" is rolled out within 60 seconds
      When pod "lone" in namespace "<profile.ns>" is deleted
      Then Pod "lone" in namespace "<profile.ns>" does not exist within 30 seconds

  @criterion:POD-FAILS
  Rule: POD FAILS
    @changes-cluster @lock:web
    Scenario: POD FAILS
      Given the manifests in "<profile.own>" are applied
      When pod "lone-2" in namespace "<profile.ns>" is deleted
      Then every pod in namespace "<profile.ns>" is ready within 1 second

  @criterion:EXEC-HOLDS
  Rule: EXEC HOLDS
    @changes-cluster
    Scenario: EXEC HOLDS
      Given the manifests in "<profile.own>" are applied
      Then Pod "shell" in namespace "<profile.ns>" has condition "Ready" within 60 seconds
      Then running "echo hello" in pod "shell" in namespace "<profile.ns>" prints "hello"

  @criterion:EXEC-FAILS
  Rule: EXEC FAILS
    @changes-cluster
    Scenario: EXEC FAILS
      Given the manifests in "<profile.own>" are applied
      Then Pod "shell" in namespace "<profile.ns>" has condition "Ready" within 60 seconds
      Then running "echo hello" in pod "shell" in namespace "<profile.ns>" prints "goodbye"

  @criterion:SECRET-HOLDS
  Rule: SECRET HOLDS
    @changes-cluster
    Scenario: SECRET HOLDS
      Given the manifests in "<profile.own>" are applied
      Given a random secret "credentials" in namespace "<profile.ns>" with keys "user, password"
      Then Secret "credentials" in namespace "<profile.ns>" exists within 10 seconds

  @criterion:SECRET-FAILS
  Rule: SECRET FAILS
    @changes-cluster
    Scenario: SECRET FAILS
      Given the manifests in "<profile.own>" are applied
      Given a random secret "credentials-2" in namespace "<profile.ns>" with keys "user"
      Then Secret "credentials-2" in namespace "<profile.ns>" does not exist within 1 second

  @criterion:ROLE-HOLDS
  Rule: ROLE HOLDS
    @changes-cluster
    Scenario: ROLE HOLDS
      Given the manifests in "<profile.own>" are applied
      Then Role.rbac.authorization.k8s.io "reader" in namespace "<profile.ns>" exists within 10 seconds

  @criterion:ROLE-FAILS
  Rule: ROLE FAILS
    @changes-cluster
    Scenario: ROLE FAILS
      Given the manifests in "<profile.own>" are applied
      Then Role.rbac.authorization.k8s.io "reader" in namespace "<profile.ns>" does not exist within 1 second
