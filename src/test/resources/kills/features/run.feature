Feature: A run that writes wherever it may

  Rule: Things are made

    @changes-cluster
    Scenario: In a namespace of its own and in one that was there
      Given the manifests in "DIR/manifests" are applied
      Then Deployment "made" in namespace "NAMESPACE-own" is rolled out within 60 seconds
      And StatefulSet "made" in namespace "NAMESPACE" is rolled out within 60 seconds
      And running "echo -n kept > /data/x; cat /data/x" in pod "made-0" in namespace "NAMESPACE" prints "kept"

  Rule: Things that were there are changed

    @changes-cluster
    Scenario: Fields
      When someone changes ".data.color" of ConfigMap "patched" in namespace "NAMESPACE" to "red"
      And someone changes ".data.size" of ConfigMap "patched" in namespace "NAMESPACE" to "large"
      And someone changes ".metadata.labels.team" of ConfigMap "patched" in namespace "NAMESPACE" to "us"
      And someone changes ".data.password" of Secret "login" in namespace "NAMESPACE" to "Zm9yZ290dGVu"
      Then ConfigMap "patched" in namespace "NAMESPACE" has ".data.color" equal to "red" within 10 seconds

    @changes-cluster
    Scenario: Replicas
      When someone scales deployment "there" in namespace "NAMESPACE" to 0 replicas
      Then Deployment "there" in namespace "NAMESPACE" has ".spec.replicas" equal to "0" within 10 seconds

    @changes-cluster
    Scenario: Existence
      When someone deletes ConfigMap "deleted" in namespace "NAMESPACE"
      And someone deletes Service "there" in namespace "NAMESPACE"
      Then ConfigMap "deleted" in namespace "NAMESPACE" does not exist within 10 seconds

    @changes-cluster
    Scenario: They keep it
      When someone changes ".data.color" of ConfigMap "patched" in namespace "NAMESPACE" to "pink"
      Then ConfigMap "patched" in namespace "NAMESPACE" keeps ".data.color" equal to "pink" for 2 seconds
