-- First of all statements. Nothing is fetched, nothing is read or written outside the memory, and none
-- of this can be taken back: a failed fetch of an extension would leave the engine corrupt.
set memory_limit = '2800MB';
set autoload_known_extensions = false;
set autoinstall_known_extensions = false;
set custom_extension_repository = '/duckdb/none';
set enable_external_access = false;
set lock_configuration = true;
