@document:start
Feature: What a run loads

  Rule: The classes of a plain run are in the archive that bin/plumbline starts with

    @changes-cluster
    Scenario: A ConfigMap holds its value
      Given the manifests in "src/main/launcher" are applied
      Then ConfigMap "start" in namespace "start" has ".data.k" equal to "v" within 10 seconds
