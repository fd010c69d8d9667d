-- SPDX-License-Identifier: Apache-2.0
-- The tables of every room as first released. Frozen: a change is a new step.

-- both

CREATE TABLE account (
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    normal_side TEXT NOT NULL,
    archived INTEGER DEFAULT '0' NOT NULL,
    CONSTRAINT pk_account PRIMARY KEY (number)
)
 STRICT;

CREATE TABLE anchor (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL,
    where_kept TEXT NOT NULL,
    at INTEGER NOT NULL
)
 STRICT;

CREATE TABLE appointment_type (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    color INTEGER DEFAULT '0' NOT NULL,
    position INTEGER DEFAULT '0' NOT NULL,
    default_codes TEXT DEFAULT '' NOT NULL,
    archived INTEGER DEFAULT '0' NOT NULL,
    version INTEGER DEFAULT '1' NOT NULL
)
 STRICT;

CREATE TABLE audit (
    seq INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    at INTEGER NOT NULL,
    business_on TEXT NOT NULL,
    user_id INTEGER NOT NULL,
    user_name TEXT NOT NULL,
    role TEXT NOT NULL,
    sitting TEXT NOT NULL,
    action TEXT NOT NULL,
    object_kind TEXT NOT NULL,
    object_id INTEGER,
    patient_id INTEGER,
    category TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT,
    reason TEXT,
    outcome TEXT NOT NULL,
    program TEXT NOT NULL,
    key_hint BLOB,
    previous_hash BLOB NOT NULL,
    hash BLOB NOT NULL,
    CONSTRAINT pk_audit PRIMARY KEY (seq)
)
 STRICT;

CREATE INDEX ix_audit_at ON audit (at);

CREATE INDEX ix_audit_object ON audit (object_kind, object_id);

CREATE INDEX ix_audit_patient ON audit (patient_id);

CREATE TABLE clinic (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    clinic_uuid TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT DEFAULT '' NOT NULL,
    phone TEXT DEFAULT '' NOT NULL,
    tax_number TEXT DEFAULT '' NOT NULL,
    country TEXT NOT NULL,
    currency TEXT NOT NULL,
    zone TEXT NOT NULL,
    language TEXT NOT NULL,
    epoch INTEGER DEFAULT '1' NOT NULL,
    demo INTEGER DEFAULT '0' NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT ck_clinic_one_row CHECK (id = 1)
)
 STRICT;

CREATE TABLE command (
    "key" TEXT NOT NULL,
    action TEXT NOT NULL,
    result TEXT NOT NULL,
    at INTEGER NOT NULL,
    CONSTRAINT pk_command PRIMARY KEY ("key")
)
 STRICT;

CREATE TABLE day_total (
    business_on TEXT NOT NULL,
    account TEXT NOT NULL,
    cause TEXT NOT NULL,
    party_kind TEXT NOT NULL,
    payer_id INTEGER NOT NULL,
    provider_id INTEGER NOT NULL,
    amount_minor INTEGER NOT NULL,
    count INTEGER NOT NULL,
    CONSTRAINT pk_day_total PRIMARY KEY (business_on, account, cause, party_kind, payer_id, provider_id)
)
 STRICT;

CREATE TABLE draft (
    user_id INTEGER NOT NULL,
    panel TEXT NOT NULL,
    body TEXT NOT NULL,
    at INTEGER NOT NULL,
    CONSTRAINT pk_draft PRIMARY KEY (user_id, panel)
)
 STRICT;

CREATE TABLE entry (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    seq INTEGER NOT NULL,
    business_on TEXT NOT NULL,
    posted_at INTEGER NOT NULL,
    user_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    memo TEXT DEFAULT '' NOT NULL,
    source TEXT DEFAULT '' NOT NULL,
    reverses_id INTEGER,
    idempotency_key TEXT NOT NULL,
    previous_hash BLOB NOT NULL,
    hash BLOB NOT NULL,
    CONSTRAINT uq_entry_seq UNIQUE (seq),
    CONSTRAINT uq_entry_reverses_id UNIQUE (reverses_id),
    CONSTRAINT fk_entry_reverses_id FOREIGN KEY(reverses_id) REFERENCES entry (id),
    CONSTRAINT uq_entry_idempotency_key UNIQUE (idempotency_key)
)
 STRICT;

CREATE INDEX ix_entry_business ON entry (business_on, seq);

CREATE TABLE external_id (
    source TEXT NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    object_id INTEGER NOT NULL,
    CONSTRAINT pk_external_id PRIMARY KEY (source, kind, value)
)
 STRICT;

CREATE INDEX ix_external_id_object ON external_id (kind, object_id);

CREATE TABLE issued_paper (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    number TEXT,
    object_kind TEXT NOT NULL,
    object_id INTEGER,
    parameters TEXT NOT NULL,
    body BLOB NOT NULL,
    digest BLOB NOT NULL,
    issued_at INTEGER NOT NULL,
    issued_by INTEGER NOT NULL,
    CONSTRAINT uq_issued_paper_number UNIQUE (kind, number)
)
 STRICT;

CREATE TABLE payer (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    kind TEXT DEFAULT 'commercial' NOT NULL,
    payer_number TEXT DEFAULT '' NOT NULL,
    address TEXT DEFAULT '' NOT NULL,
    phone TEXT DEFAULT '' NOT NULL,
    archived INTEGER DEFAULT '0' NOT NULL,
    version INTEGER DEFAULT '1' NOT NULL
)
 STRICT;

CREATE TABLE period (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    first_on TEXT NOT NULL,
    last_on TEXT NOT NULL,
    state TEXT NOT NULL,
    closed_at INTEGER NOT NULL,
    closed_by INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    figures TEXT NOT NULL,
    digest BLOB NOT NULL,
    reason TEXT
)
 STRICT;

CREATE INDEX ix_period_first ON period (kind, first_on);

CREATE TABLE place (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    archived INTEGER DEFAULT '0' NOT NULL
)
 STRICT;

CREATE TABLE reason (
    kind TEXT NOT NULL,
    "key" TEXT NOT NULL,
    account TEXT,
    position INTEGER NOT NULL,
    archived INTEGER DEFAULT '0' NOT NULL,
    CONSTRAINT pk_reason PRIMARY KEY (kind, "key")
)
 STRICT;

CREATE TABLE resource (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    position INTEGER DEFAULT '0' NOT NULL,
    archived INTEGER DEFAULT '0' NOT NULL,
    version INTEGER DEFAULT '1' NOT NULL
)
 STRICT;

CREATE TABLE role (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    rank INTEGER NOT NULL,
    built_in INTEGER DEFAULT '0' NOT NULL,
    CONSTRAINT uq_role_key UNIQUE ("key")
)
 STRICT;

CREATE TABLE roster_need (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    role TEXT NOT NULL,
    weekday INTEGER NOT NULL,
    from_minute INTEGER NOT NULL,
    to_minute INTEGER NOT NULL,
    people INTEGER NOT NULL,
    CONSTRAINT uq_roster_need_role_weekday UNIQUE (role, weekday)
)
 STRICT;

CREATE TABLE roster_publication (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    taken_back INTEGER DEFAULT '0' NOT NULL
)
 STRICT;

CREATE TABLE series (
    "key" TEXT NOT NULL,
    prefix TEXT NOT NULL,
    last INTEGER DEFAULT '0' NOT NULL,
    CONSTRAINT pk_series PRIMARY KEY ("key")
)
 STRICT;

CREATE TABLE setting (
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    version INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT pk_setting PRIMARY KEY ("key")
)
 STRICT;

CREATE TABLE supplier (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    phone TEXT DEFAULT '' NOT NULL,
    archived INTEGER DEFAULT '0' NOT NULL,
    version INTEGER DEFAULT '1' NOT NULL
)
 STRICT;

CREATE TABLE tax_code (
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    rate_ppm INTEGER NOT NULL,
    category TEXT DEFAULT '' NOT NULL,
    wording TEXT DEFAULT '' NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT,
    CONSTRAINT pk_tax_code PRIMARY KEY (code)
)
 STRICT;

CREATE TABLE word (
    kind TEXT NOT NULL,
    "key" TEXT NOT NULL,
    language TEXT NOT NULL,
    wording TEXT NOT NULL,
    CONSTRAINT pk_word PRIMARY KEY (kind, "key", language)
)
 STRICT;

CREATE TABLE budget (
    account TEXT NOT NULL,
    month TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    version INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT pk_budget PRIMARY KEY (account, month),
    CONSTRAINT fk_budget_account FOREIGN KEY(account) REFERENCES account (number)
)
 STRICT;

CREATE TABLE deposit (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    number TEXT NOT NULL,
    made_on TEXT NOT NULL,
    cash_minor INTEGER NOT NULL,
    cheques_minor INTEGER NOT NULL,
    entry_id INTEGER NOT NULL,
    CONSTRAINT uq_deposit_number UNIQUE (number),
    CONSTRAINT fk_deposit_entry_id FOREIGN KEY(entry_id) REFERENCES entry (id)
)
 STRICT;

CREATE TABLE expense (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    entry_id INTEGER NOT NULL,
    spent_on TEXT NOT NULL,
    supplier_id INTEGER NOT NULL,
    account TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    tax_minor INTEGER DEFAULT '0' NOT NULL,
    paid_from TEXT NOT NULL,
    document TEXT DEFAULT '' NOT NULL,
    memo TEXT DEFAULT '' NOT NULL,
    due_on TEXT,
    paid_on TEXT,
    paid_entry_id INTEGER,
    taken_back_entry_id INTEGER,
    entered_by INTEGER NOT NULL,
    CONSTRAINT fk_expense_entry_id FOREIGN KEY(entry_id) REFERENCES entry (id),
    CONSTRAINT fk_expense_supplier_id FOREIGN KEY(supplier_id) REFERENCES supplier (id),
    CONSTRAINT fk_expense_account FOREIGN KEY(account) REFERENCES account (number),
    CONSTRAINT fk_expense_paid_entry_id FOREIGN KEY(paid_entry_id) REFERENCES entry (id),
    CONSTRAINT fk_expense_taken_back_entry_id FOREIGN KEY(taken_back_entry_id) REFERENCES entry (id)
)
 STRICT;

CREATE INDEX ix_expense_spent_on ON expense (spent_on);

CREATE TABLE fee_schedule (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    payer_id INTEGER,
    is_default INTEGER DEFAULT '0' NOT NULL,
    archived INTEGER DEFAULT '0' NOT NULL,
    version INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT fk_fee_schedule_payer_id FOREIGN KEY(payer_id) REFERENCES payer (id)
)
 STRICT;

CREATE TABLE item (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    code TEXT DEFAULT '' NOT NULL,
    unit TEXT NOT NULL,
    pack_unit TEXT DEFAULT '' NOT NULL,
    pack_size INTEGER DEFAULT '1' NOT NULL,
    par_min INTEGER DEFAULT '0' NOT NULL,
    par_max INTEGER DEFAULT '0' NOT NULL,
    supplier_id INTEGER,
    tracks_lots INTEGER DEFAULT '0' NOT NULL,
    archived INTEGER DEFAULT '0' NOT NULL,
    version INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT ck_item_pack CHECK (pack_size >= 1),
    CONSTRAINT fk_item_supplier_id FOREIGN KEY(supplier_id) REFERENCES supplier (id)
)
 STRICT;

CREATE INDEX ix_item_code ON item (code);

CREATE TABLE purchase_order (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    number TEXT NOT NULL,
    supplier_id INTEGER,
    state TEXT NOT NULL,
    ordered_on TEXT NOT NULL,
    ordered_at INTEGER NOT NULL,
    by_user_id INTEGER NOT NULL,
    reason TEXT,
    version INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT uq_purchase_order_number UNIQUE (number),
    CONSTRAINT fk_purchase_order_supplier_id FOREIGN KEY(supplier_id) REFERENCES supplier (id)
)
 STRICT;

CREATE TABLE role_right (
    role_id INTEGER NOT NULL,
    "right" TEXT NOT NULL,
    CONSTRAINT pk_role_right PRIMARY KEY (role_id, "right"),
    CONSTRAINT fk_role_right_role_id FOREIGN KEY(role_id) REFERENCES role (id)
)
 STRICT;

CREATE TABLE staff_member (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    initials TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    role TEXT NOT NULL,
    is_provider INTEGER NOT NULL,
    registration TEXT DEFAULT '' NOT NULL,
    color INTEGER DEFAULT '0' NOT NULL,
    position INTEGER DEFAULT '0' NOT NULL,
    weekly_minutes INTEGER DEFAULT '0' NOT NULL,
    default_resource_id INTEGER,
    starts_on TEXT,
    ends_on TEXT,
    archived INTEGER DEFAULT '0' NOT NULL,
    version INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT fk_staff_member_default_resource_id FOREIGN KEY(default_resource_id) REFERENCES resource (id)
)
 STRICT;

CREATE TABLE app_user (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    role_id INTEGER NOT NULL,
    staff_id INTEGER,
    slot_id TEXT NOT NULL,
    active INTEGER DEFAULT '1' NOT NULL,
    language TEXT DEFAULT '' NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT uq_app_user_login UNIQUE (login),
    CONSTRAINT fk_app_user_role_id FOREIGN KEY(role_id) REFERENCES role (id),
    CONSTRAINT fk_app_user_staff_id FOREIGN KEY(staff_id) REFERENCES staff_member (id),
    CONSTRAINT uq_app_user_slot_id UNIQUE (slot_id)
)
 STRICT;

CREATE TABLE closure (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    staff_id INTEGER,
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,
    wording TEXT NOT NULL,
    source TEXT DEFAULT 'own' NOT NULL,
    CONSTRAINT fk_closure_staff_id FOREIGN KEY(staff_id) REFERENCES staff_member (id)
)
 STRICT;

CREATE INDEX ix_closure_from ON closure (from_on, to_on);

CREATE TABLE fee (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    schedule_id INTEGER NOT NULL,
    code TEXT NOT NULL,
    description TEXT NOT NULL,
    folded TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    tax_code TEXT,
    from_on TEXT NOT NULL,
    to_on TEXT,
    version INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT fk_fee_schedule_id FOREIGN KEY(schedule_id) REFERENCES fee_schedule (id)
)
 STRICT;

CREATE INDEX ix_fee_code ON fee (schedule_id, code, from_on);

CREATE TABLE kit_line (
    type_id INTEGER NOT NULL,
    item_id INTEGER NOT NULL,
    quantity INTEGER NOT NULL,
    CONSTRAINT pk_kit_line PRIMARY KEY (type_id, item_id),
    CONSTRAINT ck_kit_line_quantity CHECK (quantity > 0),
    CONSTRAINT fk_kit_line_type_id FOREIGN KEY(type_id) REFERENCES appointment_type (id),
    CONSTRAINT fk_kit_line_item_id FOREIGN KEY(item_id) REFERENCES item (id)
)
 STRICT;

CREATE TABLE lot (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    item_id INTEGER NOT NULL,
    number TEXT NOT NULL,
    expires_on TEXT,
    CONSTRAINT uq_lot_number UNIQUE (item_id, number),
    CONSTRAINT fk_lot_item_id FOREIGN KEY(item_id) REFERENCES item (id)
)
 STRICT;

CREATE TABLE on_hand (
    item_id INTEGER NOT NULL,
    lot_id INTEGER NOT NULL,
    place_id INTEGER NOT NULL,
    quantity INTEGER NOT NULL,
    value_minor INTEGER NOT NULL,
    CONSTRAINT pk_on_hand PRIMARY KEY (item_id, lot_id, place_id),
    CONSTRAINT fk_on_hand_item_id FOREIGN KEY(item_id) REFERENCES item (id),
    CONSTRAINT fk_on_hand_place_id FOREIGN KEY(place_id) REFERENCES place (id)
)
 STRICT;

CREATE TABLE patient (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    chart_number TEXT NOT NULL,
    family_name TEXT NOT NULL,
    given_name TEXT NOT NULL,
    middle_name TEXT DEFAULT '' NOT NULL,
    prefix TEXT DEFAULT '' NOT NULL,
    suffix TEXT DEFAULT '' NOT NULL,
    preferred_name TEXT DEFAULT '' NOT NULL,
    birth_name TEXT DEFAULT '' NOT NULL,
    folded_name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    born_on TEXT,
    born_precision TEXT DEFAULT 'day' NOT NULL,
    gender TEXT DEFAULT 'unknown' NOT NULL,
    pronouns TEXT DEFAULT '' NOT NULL,
    language TEXT DEFAULT '' NOT NULL,
    deceased_on TEXT,
    status TEXT DEFAULT 'active' NOT NULL,
    usual_provider_id INTEGER,
    survivor_id INTEGER,
    created_at INTEGER NOT NULL,
    version INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT uq_patient_chart_number UNIQUE (chart_number),
    CONSTRAINT fk_patient_usual_provider_id FOREIGN KEY(usual_provider_id) REFERENCES staff_member (id),
    CONSTRAINT fk_patient_survivor_id FOREIGN KEY(survivor_id) REFERENCES patient (id)
)
 STRICT;

CREATE INDEX ix_patient_born ON patient (born_on);

CREATE INDEX ix_patient_sort ON patient (sort_name, id);

CREATE INDEX ix_patient_survivor ON patient (survivor_id) WHERE survivor_id IS NOT NULL;

CREATE TABLE purchase_order_line (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL,
    item_id INTEGER NOT NULL,
    quantity INTEGER NOT NULL,
    CONSTRAINT ck_purchase_order_line_quantity CHECK (quantity > 0),
    CONSTRAINT uq_purchase_order_line_item UNIQUE (order_id, item_id),
    CONSTRAINT fk_purchase_order_line_order_id FOREIGN KEY(order_id) REFERENCES purchase_order (id),
    CONSTRAINT fk_purchase_order_line_item_id FOREIGN KEY(item_id) REFERENCES item (id)
)
 STRICT;

CREATE INDEX ix_purchase_order_line_item ON purchase_order_line (item_id);

CREATE TABLE shift (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    staff_id INTEGER,
    kind TEXT NOT NULL,
    starts_wall TEXT NOT NULL,
    fold INTEGER DEFAULT '0' NOT NULL,
    minutes INTEGER NOT NULL,
    starts_min INTEGER NOT NULL,
    ends_min INTEGER NOT NULL,
    state TEXT DEFAULT 'published' NOT NULL,
    resource_id INTEGER,
    note TEXT DEFAULT '' NOT NULL,
    role TEXT DEFAULT '' NOT NULL,
    publication_id INTEGER,
    replaced_by INTEGER,
    state_before TEXT DEFAULT '' NOT NULL,
    version INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT fk_shift_staff_id FOREIGN KEY(staff_id) REFERENCES staff_member (id),
    CONSTRAINT fk_shift_resource_id FOREIGN KEY(resource_id) REFERENCES resource (id),
    CONSTRAINT fk_shift_publication_id FOREIGN KEY(publication_id) REFERENCES roster_publication (id),
    CONSTRAINT fk_shift_replaced_by FOREIGN KEY(replaced_by) REFERENCES roster_publication (id)
)
 STRICT;

CREATE INDEX ix_shift_staff ON shift (staff_id, starts_min, ends_min);

CREATE INDEX ix_shift_starts ON shift (starts_min);

CREATE TABLE standing_hours (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    staff_id INTEGER NOT NULL,
    weekday INTEGER NOT NULL,
    from_minute INTEGER NOT NULL,
    to_minute INTEGER NOT NULL,
    kind TEXT DEFAULT 'work' NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT,
    CONSTRAINT fk_standing_hours_staff_id FOREIGN KEY(staff_id) REFERENCES staff_member (id)
)
 STRICT;

CREATE INDEX ix_standing_hours_staff ON standing_hours (staff_id, weekday);

CREATE TABLE till_count (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    counted_on TEXT NOT NULL,
    till TEXT DEFAULT 'desk' NOT NULL,
    pieces TEXT NOT NULL,
    cash_minor INTEGER NOT NULL,
    expected_minor INTEGER NOT NULL,
    float_minor INTEGER NOT NULL,
    cards_minor INTEGER NOT NULL,
    expected_cards_minor INTEGER NOT NULL,
    cheques_minor INTEGER NOT NULL,
    expected_cheques_minor INTEGER NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    entry_id INTEGER,
    deposit_id INTEGER,
    counted_by INTEGER NOT NULL,
    counted_at INTEGER NOT NULL,
    CONSTRAINT fk_till_count_entry_id FOREIGN KEY(entry_id) REFERENCES entry (id),
    CONSTRAINT fk_till_count_deposit_id FOREIGN KEY(deposit_id) REFERENCES deposit (id)
)
 STRICT;

CREATE INDEX ix_till_count_day ON till_count (counted_on);

CREATE TABLE alert (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    wording TEXT NOT NULL,
    since_on TEXT NOT NULL,
    ended_on TEXT,
    version INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT fk_alert_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
)
 STRICT;

CREATE INDEX ix_alert_patient ON alert (patient_id);

CREATE TABLE appointment (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind TEXT DEFAULT 'visit' NOT NULL,
    patient_id INTEGER,
    type_id INTEGER,
    provider_id INTEGER NOT NULL,
    starts_wall TEXT NOT NULL,
    fold INTEGER DEFAULT '0' NOT NULL,
    minutes INTEGER NOT NULL,
    starts_min INTEGER NOT NULL,
    ends_min INTEGER NOT NULL,
    booking TEXT NOT NULL,
    contact TEXT DEFAULT 'unconfirmed' NOT NULL,
    overbook INTEGER DEFAULT '0' NOT NULL,
    walk_in INTEGER DEFAULT '0' NOT NULL,
    new_patient INTEGER DEFAULT '0' NOT NULL,
    series_id INTEGER,
    note TEXT DEFAULT '' NOT NULL,
    cancel_reason TEXT,
    arrived_at INTEGER,
    roomed_at INTEGER,
    checkout_at INTEGER,
    done_at INTEGER,
    created_at INTEGER NOT NULL,
    version INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT ck_appointment_length CHECK (minutes BETWEEN 1 AND 1440),
    CONSTRAINT ck_appointment_span CHECK (ends_min > starts_min),
    CONSTRAINT ck_appointment_who CHECK ((kind = 'block') = (patient_id IS NULL)),
    CONSTRAINT fk_appointment_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_appointment_type_id FOREIGN KEY(type_id) REFERENCES appointment_type (id),
    CONSTRAINT fk_appointment_provider_id FOREIGN KEY(provider_id) REFERENCES staff_member (id)
)
 STRICT;

CREATE INDEX ix_appointment_patient ON appointment (patient_id, starts_min);

CREATE INDEX ix_appointment_provider ON appointment (provider_id, starts_min, ends_min);

CREATE INDEX ix_appointment_starts ON appointment (starts_min);

CREATE TABLE consent (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    given INTEGER NOT NULL,
    decided_on TEXT NOT NULL,
    ends_on TEXT,
    note TEXT DEFAULT '' NOT NULL,
    CONSTRAINT fk_consent_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
)
 STRICT;

CREATE INDEX ix_consent_patient ON consent (patient_id);

CREATE TABLE contact (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    label TEXT DEFAULT '' NOT NULL,
    value TEXT NOT NULL,
    city TEXT DEFAULT '' NOT NULL,
    region TEXT DEFAULT '' NOT NULL,
    postcode TEXT DEFAULT '' NOT NULL,
    country TEXT DEFAULT '' NOT NULL,
    folded TEXT DEFAULT '' NOT NULL,
    rank INTEGER DEFAULT '1' NOT NULL,
    archived INTEGER DEFAULT '0' NOT NULL,
    version INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT fk_contact_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
)
 STRICT;

CREATE INDEX ix_contact_folded ON contact (folded);

CREATE INDEX ix_contact_patient ON contact (patient_id);

CREATE TABLE coverage (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER NOT NULL,
    payer_id INTEGER NOT NULL,
    "plan" TEXT DEFAULT '' NOT NULL,
    member_id TEXT DEFAULT '' NOT NULL,
    group_number TEXT DEFAULT '' NOT NULL,
    subscriber_name TEXT DEFAULT '' NOT NULL,
    relationship TEXT DEFAULT 'self' NOT NULL,
    rank INTEGER NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT,
    version INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT fk_coverage_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_coverage_payer_id FOREIGN KEY(payer_id) REFERENCES payer (id)
)
 STRICT;

CREATE INDEX ix_coverage_patient ON coverage (patient_id, from_on);

CREATE TABLE guarantor (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER NOT NULL,
    guarantor_id INTEGER NOT NULL,
    relationship TEXT DEFAULT 'self' NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT,
    CONSTRAINT fk_guarantor_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_guarantor_guarantor_id FOREIGN KEY(guarantor_id) REFERENCES patient (id)
)
 STRICT;

CREATE INDEX ix_guarantor_guarantor ON guarantor (guarantor_id);

CREATE INDEX ix_guarantor_patient ON guarantor (patient_id, from_on);

CREATE TABLE instalment_plan (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    guarantor_id INTEGER NOT NULL,
    principal_minor INTEGER NOT NULL,
    first_due_on TEXT NOT NULL,
    instalments INTEGER NOT NULL,
    every_months INTEGER DEFAULT '1' NOT NULL,
    signed_on TEXT,
    state TEXT NOT NULL,
    version INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT fk_instalment_plan_guarantor_id FOREIGN KEY(guarantor_id) REFERENCES patient (id)
)
 STRICT;

CREATE TABLE note (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER NOT NULL,
    body TEXT NOT NULL,
    written_at INTEGER NOT NULL,
    written_by INTEGER NOT NULL,
    CONSTRAINT fk_note_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
)
 STRICT;

CREATE INDEX ix_note_patient ON note (patient_id);

CREATE TABLE package (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    units INTEGER NOT NULL,
    price_minor INTEGER NOT NULL,
    sold_on TEXT NOT NULL,
    expires_on TEXT,
    version INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT fk_package_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
)
 STRICT;

CREATE TABLE receipt (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    number TEXT NOT NULL,
    received_on TEXT NOT NULL,
    method TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    patient_id INTEGER,
    party_kind TEXT NOT NULL,
    party_id INTEGER NOT NULL,
    reference TEXT DEFAULT '' NOT NULL,
    till TEXT DEFAULT 'desk' NOT NULL,
    deposit_id INTEGER,
    created_at INTEGER NOT NULL,
    created_by INTEGER NOT NULL,
    CONSTRAINT ck_receipt_amount CHECK (amount_minor > 0),
    CONSTRAINT uq_receipt_number UNIQUE (number),
    CONSTRAINT fk_receipt_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id)
)
 STRICT;

CREATE INDEX ix_receipt_patient ON receipt (patient_id);

CREATE INDEX ix_receipt_received ON receipt (received_on);

CREATE TABLE roster_request (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    staff_id INTEGER NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,
    other_id INTEGER,
    shift_id INTEGER,
    note TEXT DEFAULT '' NOT NULL,
    state TEXT DEFAULT 'asked' NOT NULL,
    asked_at INTEGER NOT NULL,
    decided_at INTEGER,
    decision TEXT DEFAULT '' NOT NULL,
    publication_id INTEGER,
    version INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT fk_roster_request_staff_id FOREIGN KEY(staff_id) REFERENCES staff_member (id),
    CONSTRAINT fk_roster_request_other_id FOREIGN KEY(other_id) REFERENCES staff_member (id),
    CONSTRAINT fk_roster_request_shift_id FOREIGN KEY(shift_id) REFERENCES shift (id),
    CONSTRAINT fk_roster_request_publication_id FOREIGN KEY(publication_id) REFERENCES roster_publication (id)
)
 STRICT;

CREATE INDEX ix_roster_request_state ON roster_request (state, from_on);

CREATE TABLE waitlist (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER NOT NULL,
    type_id INTEGER,
    provider_id INTEGER,
    wishes TEXT DEFAULT '' NOT NULL,
    urgent INTEGER DEFAULT '0' NOT NULL,
    since_at INTEGER NOT NULL,
    state TEXT DEFAULT 'waiting' NOT NULL,
    version INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT fk_waitlist_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_waitlist_type_id FOREIGN KEY(type_id) REFERENCES appointment_type (id),
    CONSTRAINT fk_waitlist_provider_id FOREIGN KEY(provider_id) REFERENCES staff_member (id)
)
 STRICT;

CREATE TABLE appointment_event (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    appointment_id INTEGER NOT NULL,
    action TEXT NOT NULL,
    booking TEXT NOT NULL,
    contact TEXT NOT NULL,
    starts_wall TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    provider_id INTEGER NOT NULL,
    reason TEXT,
    at INTEGER NOT NULL,
    by_user_id INTEGER NOT NULL,
    CONSTRAINT fk_appointment_event_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id)
)
 STRICT;

CREATE INDEX ix_appointment_event_appointment ON appointment_event (appointment_id);

CREATE TABLE appointment_resource (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    appointment_id INTEGER NOT NULL,
    staff_id INTEGER,
    resource_id INTEGER,
    starts_min INTEGER NOT NULL,
    ends_min INTEGER NOT NULL,
    active INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT ck_appointment_resource_one CHECK ((staff_id IS NULL) <> (resource_id IS NULL)),
    CONSTRAINT fk_appointment_resource_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id),
    CONSTRAINT fk_appointment_resource_staff_id FOREIGN KEY(staff_id) REFERENCES staff_member (id),
    CONSTRAINT fk_appointment_resource_resource_id FOREIGN KEY(resource_id) REFERENCES resource (id)
)
 STRICT;

CREATE INDEX ix_appointment_resource_appointment ON appointment_resource (appointment_id, resource_id);

CREATE INDEX ix_appointment_resource_resource ON appointment_resource (resource_id, starts_min, ends_min);

CREATE INDEX ix_appointment_resource_staff ON appointment_resource (staff_id, starts_min, ends_min);

CREATE TABLE credit_amount (
    receipt_id INTEGER NOT NULL,
    account TEXT NOT NULL,
    party_kind TEXT NOT NULL,
    party_id INTEGER NOT NULL,
    patient_id INTEGER,
    amount_minor INTEGER NOT NULL,
    CONSTRAINT pk_credit_amount PRIMARY KEY (receipt_id, account, party_kind, party_id),
    CONSTRAINT fk_credit_amount_receipt_id FOREIGN KEY(receipt_id) REFERENCES receipt (id)
)
 STRICT;

CREATE INDEX ix_credit_amount_patient ON credit_amount (patient_id);

CREATE TABLE visit (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER NOT NULL,
    provider_id INTEGER NOT NULL,
    appointment_id INTEGER,
    kind TEXT DEFAULT 'ambulatory' NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    diagnoses TEXT DEFAULT '' NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    state TEXT NOT NULL,
    version INTEGER DEFAULT '1' NOT NULL,
    CONSTRAINT fk_visit_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_visit_provider_id FOREIGN KEY(provider_id) REFERENCES staff_member (id),
    CONSTRAINT uq_visit_appointment_id UNIQUE (appointment_id),
    CONSTRAINT fk_visit_appointment_id FOREIGN KEY(appointment_id) REFERENCES appointment (id)
)
 STRICT;

CREATE INDEX ix_visit_patient ON visit (patient_id, started_at);

CREATE INDEX ix_visit_started ON visit (started_at);

CREATE TABLE charge (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER NOT NULL,
    guarantor_id INTEGER NOT NULL,
    visit_id INTEGER,
    provider_id INTEGER NOT NULL,
    service_on TEXT NOT NULL,
    business_on TEXT NOT NULL,
    code TEXT NOT NULL,
    description TEXT NOT NULL,
    modifiers TEXT DEFAULT '' NOT NULL,
    diagnoses TEXT DEFAULT '' NOT NULL,
    units INTEGER NOT NULL,
    unit_minor INTEGER NOT NULL,
    amount_minor INTEGER NOT NULL,
    tax_minor INTEGER DEFAULT '0' NOT NULL,
    tax_code TEXT,
    place_of_service TEXT DEFAULT '' NOT NULL,
    package_id INTEGER,
    coverage_id INTEGER,
    created_at INTEGER NOT NULL,
    reversed INTEGER DEFAULT '0' NOT NULL,
    CONSTRAINT ck_charge_units CHECK (units > 0),
    CONSTRAINT ck_charge_amount CHECK (amount_minor >= 0),
    CONSTRAINT fk_charge_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_charge_guarantor_id FOREIGN KEY(guarantor_id) REFERENCES patient (id),
    CONSTRAINT fk_charge_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_charge_provider_id FOREIGN KEY(provider_id) REFERENCES staff_member (id),
    CONSTRAINT fk_charge_coverage_id FOREIGN KEY(coverage_id) REFERENCES coverage (id)
)
 STRICT;

CREATE INDEX ix_charge_business ON charge (business_on);

CREATE INDEX ix_charge_patient ON charge (patient_id, service_on);

CREATE INDEX ix_charge_visit ON charge (visit_id);

CREATE TABLE open_amount (
    charge_id INTEGER NOT NULL,
    account TEXT NOT NULL,
    party_kind TEXT NOT NULL,
    party_id INTEGER NOT NULL,
    patient_id INTEGER NOT NULL,
    amount_minor INTEGER NOT NULL,
    CONSTRAINT pk_open_amount PRIMARY KEY (charge_id, account, party_kind, party_id),
    CONSTRAINT fk_open_amount_charge_id FOREIGN KEY(charge_id) REFERENCES charge (id)
)
 STRICT;

CREATE INDEX ix_open_amount_open ON open_amount (patient_id, party_kind, amount_minor) WHERE amount_minor <> 0;

CREATE INDEX ix_open_amount_party ON open_amount (party_kind, party_id) WHERE amount_minor <> 0;

CREATE TABLE posting (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    entry_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
    account TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,
    cause TEXT NOT NULL,
    patient_id INTEGER,
    party_kind TEXT,
    party_id INTEGER,
    charge_id INTEGER,
    receipt_id INTEGER,
    reason_code TEXT,
    provider_id INTEGER,
    method TEXT,
    till TEXT,
    tax_code TEXT,
    package_id INTEGER,
    supplier_id INTEGER,
    budget_line TEXT,
    stock_item_id INTEGER,
    reverses_posting_id INTEGER,
    CONSTRAINT ck_posting_amount CHECK (amount_minor <> 0),
    CONSTRAINT ck_posting_party CHECK ((party_kind IS NULL) = (party_id IS NULL)),
    CONSTRAINT uq_posting_entry_line UNIQUE (entry_id, line),
    CONSTRAINT fk_posting_entry_id FOREIGN KEY(entry_id) REFERENCES entry (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_posting_account FOREIGN KEY(account) REFERENCES account (number),
    CONSTRAINT fk_posting_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_posting_charge_id FOREIGN KEY(charge_id) REFERENCES charge (id),
    CONSTRAINT fk_posting_receipt_id FOREIGN KEY(receipt_id) REFERENCES receipt (id),
    CONSTRAINT fk_posting_provider_id FOREIGN KEY(provider_id) REFERENCES staff_member (id),
    CONSTRAINT fk_posting_reverses_posting_id FOREIGN KEY(reverses_posting_id) REFERENCES posting (id)
)
 STRICT;

CREATE INDEX ix_posting_account ON posting (account, entry_id, amount_minor);

CREATE INDEX ix_posting_charge ON posting (charge_id);

CREATE INDEX ix_posting_patient ON posting (patient_id, entry_id);

CREATE INDEX ix_posting_receipt ON posting (receipt_id);

CREATE TABLE movement (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    seq INTEGER NOT NULL,
    item_id INTEGER NOT NULL,
    lot_id INTEGER,
    place_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    value_minor INTEGER NOT NULL,
    unit_cost_minor INTEGER NOT NULL,
    posting_id INTEGER,
    visit_id INTEGER,
    patient_id INTEGER,
    order_line_id INTEGER,
    reason TEXT,
    business_on TEXT NOT NULL,
    at INTEGER NOT NULL,
    by_user_id INTEGER NOT NULL,
    reverses_id INTEGER,
    CONSTRAINT ck_movement_quantity CHECK (quantity <> 0),
    CONSTRAINT uq_movement_seq UNIQUE (seq),
    CONSTRAINT fk_movement_item_id FOREIGN KEY(item_id) REFERENCES item (id),
    CONSTRAINT fk_movement_lot_id FOREIGN KEY(lot_id) REFERENCES lot (id),
    CONSTRAINT fk_movement_place_id FOREIGN KEY(place_id) REFERENCES place (id),
    CONSTRAINT fk_movement_posting_id FOREIGN KEY(posting_id) REFERENCES posting (id),
    CONSTRAINT fk_movement_visit_id FOREIGN KEY(visit_id) REFERENCES visit (id),
    CONSTRAINT fk_movement_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id),
    CONSTRAINT fk_movement_order_line_id FOREIGN KEY(order_line_id) REFERENCES purchase_order_line (id),
    CONSTRAINT uq_movement_reverses_id UNIQUE (reverses_id),
    CONSTRAINT fk_movement_reverses_id FOREIGN KEY(reverses_id) REFERENCES movement (id)
)
 STRICT;

CREATE INDEX ix_movement_business ON movement (business_on);

CREATE INDEX ix_movement_item ON movement (item_id, lot_id, place_id);

CREATE INDEX ix_movement_order_line ON movement (order_line_id);

CREATE INDEX ix_movement_visit ON movement (visit_id);

-- sqlite

CREATE VIRTUAL TABLE patient_search USING fts5(body, tokenize='trigram', content='', contentless_delete=1);

CREATE TRIGGER audit_refuses_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'rows of audit are never changed'); END;

CREATE TRIGGER audit_refuses_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'rows of audit are never changed'); END;

CREATE TRIGGER entry_refuses_update BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'rows of entry are never changed'); END;

CREATE TRIGGER entry_refuses_delete BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'rows of entry are never changed'); END;

CREATE TRIGGER posting_refuses_update BEFORE UPDATE ON posting BEGIN SELECT RAISE(ABORT, 'rows of posting are never changed'); END;

CREATE TRIGGER posting_refuses_delete BEFORE DELETE ON posting BEGIN SELECT RAISE(ABORT, 'rows of posting are never changed'); END;

CREATE TRIGGER appointment_event_refuses_update BEFORE UPDATE ON appointment_event BEGIN SELECT RAISE(ABORT, 'rows of appointment_event are never changed'); END;

CREATE TRIGGER appointment_event_refuses_delete BEFORE DELETE ON appointment_event BEGIN SELECT RAISE(ABORT, 'rows of appointment_event are never changed'); END;

CREATE TRIGGER movement_refuses_update BEFORE UPDATE ON movement BEGIN SELECT RAISE(ABORT, 'rows of movement are never changed'); END;

CREATE TRIGGER movement_refuses_delete BEFORE DELETE ON movement BEGIN SELECT RAISE(ABORT, 'rows of movement are never changed'); END;

CREATE TRIGGER issued_paper_refuses_update BEFORE UPDATE ON issued_paper BEGIN SELECT RAISE(ABORT, 'rows of issued_paper are never changed'); END;

CREATE TRIGGER issued_paper_refuses_delete BEFORE DELETE ON issued_paper BEGIN SELECT RAISE(ABORT, 'rows of issued_paper are never changed'); END;

CREATE TRIGGER posting_refuses_finished_entry BEFORE INSERT ON posting WHEN EXISTS (SELECT 1 FROM entry WHERE id = NEW.entry_id) BEGIN SELECT RAISE(ABORT, 'the entry is finished'); END;

CREATE TRIGGER entry_sums_to_zero BEFORE INSERT ON entry WHEN (SELECT COALESCE(SUM(amount_minor), 1) FROM posting WHERE entry_id = NEW.id) <> 0 BEGIN SELECT RAISE(ABORT, 'the postings of an entry sum to zero'); END;

-- postgresql

CREATE TABLE patient_search (rowid BIGINT PRIMARY KEY, body TEXT NOT NULL);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'rows of %% are never changed', TG_TABLE_NAME; END $$;

CREATE TRIGGER audit_refuses_change BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER entry_refuses_change BEFORE UPDATE OR DELETE ON entry FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER posting_refuses_change BEFORE UPDATE OR DELETE ON posting FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER appointment_event_refuses_change BEFORE UPDATE OR DELETE ON appointment_event FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER movement_refuses_change BEFORE UPDATE OR DELETE ON movement FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER issued_paper_refuses_change BEFORE UPDATE OR DELETE ON issued_paper FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE FUNCTION entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (SELECT COALESCE(SUM(amount_minor), 1) FROM posting WHERE entry_id = NEW.id) <> 0 THEN RAISE EXCEPTION 'the postings of an entry sum to zero'; END IF; RETURN NULL; END $$;

CREATE CONSTRAINT TRIGGER entry_sums_to_zero AFTER INSERT ON entry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION entry_balances();
