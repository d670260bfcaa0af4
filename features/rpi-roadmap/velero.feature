@document:rpi-roadmap
Feature: Velero brings a lost namespace back

  The databases namespace holds a PostgreSQL with a table whose rows are known. The namespace is backed up, deleted and
  restored. A backup that calls itself complete but left the volumes out is found twice: by counting what was backed up
  for each volume, and by comparing the rows after the restore.

  @criterion:RPI-VEL-RESTORE-01 @core
  Rule: The databases namespace is restored from a backup with all of its data, within 10 minutes

    Background:
      Given the manifests in "manifests/rpi-roadmap/namespaces" are applied
      And a random secret "minio-credentials" in namespace "velero" with keys "user, password"
      And a random secret "postgres-credentials" in namespace "databases" with keys "password"
      And the manifests in "manifests/rpi-roadmap" are applied
      And every pod in namespace "databases" is ready within 3 minutes
      And BackupStorageLocation "default" in namespace "velero" has ".status.phase" equal to "Available" within 3 minutes

    @changes-cluster @fault:velero-volumes-left-out
    Scenario: The deleted databases namespace returns with the same rows
      When 1000 rows are written to table "precious" of PostgreSQL pod "postgres-0" in namespace "databases"
      And a backup of namespace "databases" completes within 5 minutes
      Then the backup holds the data of every PersistentVolumeClaim in namespace "databases"
      When namespace "databases" is deleted and restored from the backup
      Then the restore is complete, and every pod in namespace "databases" is ready, within 10 minutes
      And the same 1000 rows are in table "precious" of PostgreSQL pod "postgres-0" in namespace "databases" within 1 minute
