Feature: What can be seen of a cluster with some right missing

  Of each pair one holds and one does not.

  @criterion:EXISTS-HOLDS
  Rule: EXISTS HOLDS
    Scenario: EXISTS HOLDS
      Then ConfigMap "settings" in namespace "<profile.ns>" exists within 10 seconds

  @criterion:EXISTS-FAILS
  Rule: EXISTS FAILS
    Scenario: EXISTS FAILS
      Then ConfigMap "settings" in namespace "<profile.ns>-bad" exists within 1 second

  @criterion:ABSENT-HOLDS
  Rule: ABSENT HOLDS
    Scenario: ABSENT HOLDS
      Then ConfigMap "settings" in namespace "<profile.ns>-bad" does not exist within 10 seconds

  @criterion:ABSENT-FAILS
  Rule: ABSENT FAILS
    Scenario: ABSENT FAILS
      Then ConfigMap "settings" in namespace "<profile.ns>" does not exist within 1 second

  @criterion:FIELD-HOLDS
  Rule: FIELD HOLDS
    Scenario: FIELD HOLDS
      Then ConfigMap "settings" in namespace "<profile.ns>" has ".data.color" equal to "blue" within 10 seconds

  @criterion:FIELD-FAILS
  Rule: FIELD FAILS
    Scenario: FIELD FAILS
      Then ConfigMap "settings" in namespace "<profile.ns>" has ".data.color" equal to "red" within 1 second

  @criterion:KEEPS-HOLDS
  Rule: KEEPS HOLDS
    Scenario: KEEPS HOLDS
      Then ConfigMap "settings" in namespace "<profile.ns>" keeps ".data.color" equal to "blue" for 1 second

  @criterion:KEEPS-FAILS
  Rule: KEEPS FAILS
    Scenario: KEEPS FAILS
      Then ConfigMap "settings" in namespace "<profile.ns>" keeps ".data.color" equal to "red" for 1 second

  @criterion:CONDITION-HOLDS
  Rule: CONDITION HOLDS
    Scenario: CONDITION HOLDS
      Then Deployment "web" in namespace "<profile.ns>" has condition "Available" within 10 seconds

  @criterion:CONDITION-FAILS
  Rule: CONDITION FAILS
    Scenario: CONDITION FAILS
      Then Deployment "never" in namespace "<profile.ns>-bad" has condition "Available" within 1 second

  @criterion:ROLLOUT-HOLDS
  Rule: ROLLOUT HOLDS
    Scenario: ROLLOUT HOLDS
      Then Deployment "web" in namespace "<profile.ns>" is rolled out within 10 seconds

  @criterion:ROLLOUT-FAILS
  Rule: ROLLOUT FAILS
    Scenario: ROLLOUT FAILS
      Then Deployment "never" in namespace "<profile.ns>-bad" is rolled out within 1 second

  @criterion:PODS-HOLDS
  Rule: PODS HOLDS
    Scenario: PODS HOLDS
      Then every pod in namespace "<profile.ns>" is ready within 10 seconds

  @criterion:PODS-FAILS
  Rule: PODS FAILS
    Scenario: PODS FAILS
      Then every pod in namespace "<profile.ns>-bad" is ready within 1 second

  @criterion:HTTP-HOLDS
  Rule: HTTP HOLDS
    Scenario: HTTP HOLDS
      Then a GET of "/" on service "web:8080" in namespace "<profile.ns>" answers 200 within 10 seconds

  @criterion:HTTP-FAILS
  Rule: HTTP FAILS
    Scenario: HTTP FAILS
      Then a GET of "/nothing" on service "web:8080" in namespace "<profile.ns>" answers 200 within 1 second

  @criterion:SILENT-FAILS
  Rule: SILENT FAILS
    Scenario: SILENT FAILS
      Then a GET of "/" on service "never:8080" in namespace "<profile.ns>-bad" answers 200 within 1 second

  @criterion:PROMQL-HOLDS
  Rule: PROMQL HOLDS
    Scenario: PROMQL HOLDS
      Then the PromQL query "up" on service "prometheus:9090" in namespace "<profile.ns>" returns data within 10 seconds

  @criterion:PROMQL-FAILS
  Rule: PROMQL FAILS
    Scenario: PROMQL FAILS
      Then the PromQL query "up" on service "prometheus:9090" in namespace "<profile.ns>" returns data within 1 minute
      Then the PromQL query "up > 7" on service "prometheus:9090" in namespace "<profile.ns>" returns data within 1 second

  @criterion:SLICE-HOLDS
  Rule: SLICE HOLDS
    Scenario: SLICE HOLDS
      Then EndpointSlice.discovery.k8s.io "nothing" in namespace "<profile.ns>" does not exist within 5 seconds

  @criterion:SLICE-FAILS
  Rule: SLICE FAILS
    Scenario: SLICE FAILS
      Then EndpointSlice.discovery.k8s.io "nothing" in namespace "<profile.ns>" exists within 1 second

  @criterion:GPU-LACKS
  Rule: GPU LACKS
    @needs:gpu
    Scenario: GPU LACKS
      Then ConfigMap "settings" in namespace "<profile.ns>" exists within 10 seconds
