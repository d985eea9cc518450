truncate reason_mask;
