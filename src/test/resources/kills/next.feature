Feature: The next run

  Rule: It only looks

    Scenario: At what is always there
      Then Namespace "default" in namespace "default" exists within 10 seconds
