"""PostgreSQL's configuration from the machine's memory and cores."""

import os
from pathlib import Path

MEGA = 1024 * 1024


def memory() -> int:
    """Bytes of memory available to this process: the machine's, or the limit of its control group."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        limit = Path("/sys/fs/cgroup/memory.max").read_text().strip()
    except OSError:
        return total
    return min(total, int(limit)) if limit.isdigit() else total


def configuration(sockets: Path) -> str:
    """The text of tutela.conf. Statements and parameters are never logged."""
    megabytes = memory() // MEGA
    shared = max(64, min(megabytes // 4, 16_384))
    settings = {
        "listen_addresses": "''",
        "unix_socket_directories": f"'{sockets}'",
        "unix_socket_permissions": "0700",
        "max_connections": "200",
        "shared_buffers": f"{shared}MB",
        "effective_cache_size": f"{max(128, megabytes // 2)}MB",
        "work_mem": f"{max(4, min(64, megabytes // 256))}MB",
        "maintenance_work_mem": f"{max(64, min(1024, megabytes // 16))}MB",
        "max_wal_size": f"{max(1024, min(8192, megabytes // 4))}MB",
        # WAL files to recycle: creating a new one writes 16 MB, which delays all waiting leaves.
        "min_wal_size": f"{max(256, min(1024, megabytes // 16))}MB",
        "wal_compression": "off",
        # Summaries of the log from the first day: without them there is no incremental backup.
        "summarize_wal": "on",
        # What the log may take here while nobody fetches it; then a new base backup is due.
        "max_slot_wal_keep_size": f"{max(2048, min(65_536, megabytes * 2))}MB",
        "checkpoint_completion_target": "0.9",
        "random_page_cost": "1.1",
        "max_parallel_workers": str(os.cpu_count() or 1),
        "jit": "off",
        "timezone": "'UTC'",
        "log_timezone": "'UTC'",
        "idle_in_transaction_session_timeout": "'60s'",
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
        "log_statement": "none",
    }
    return "".join(f"{name} = {value}\n" for name, value in settings.items())
