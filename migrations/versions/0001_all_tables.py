"""All tables: Flask-AppBuilder's and ours, the search index of each database, the two roles that no posting gives.

Revision ID: 0001
Revises: nothing
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('ab_group',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('label', sa.String(length=150), nullable=True),
    sa.Column('description', sa.String(length=512), nullable=True),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('name')
    )
    op.create_table('ab_permission',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('name')
    )
    op.create_table('ab_register_user',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('first_name', sa.String(length=64), nullable=False),
    sa.Column('last_name', sa.String(length=64), nullable=False),
    sa.Column('username', sa.String(length=128), nullable=False),
    sa.Column('password', sa.String(length=256), nullable=True),
    sa.Column('email', sa.String(length=320), nullable=False),
    sa.Column('registration_date', sa.DateTime(), nullable=True),
    sa.Column('registration_hash', sa.String(length=256), nullable=True),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('email'),
    sa.UniqueConstraint('username')
    )
    op.create_table('ab_role',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('name')
    )
    op.create_table('ab_user',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('first_name', sa.String(length=64), nullable=False),
    sa.Column('last_name', sa.String(length=64), nullable=False),
    sa.Column('username', sa.String(length=128), nullable=False),
    sa.Column('password', sa.String(length=256), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=True),
    sa.Column('email', sa.String(length=320), nullable=False),
    sa.Column('last_login', sa.DateTime(), nullable=True),
    sa.Column('login_count', sa.Integer(), nullable=True),
    sa.Column('fail_login_count', sa.Integer(), nullable=True),
    sa.Column('created_on', sa.DateTime(), nullable=True),
    sa.Column('changed_on', sa.DateTime(), nullable=True),
    sa.Column('created_by_fk', sa.Integer(), nullable=True),
    sa.Column('changed_by_fk', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['changed_by_fk'], ['ab_user.id'], ),
    sa.ForeignKeyConstraint(['created_by_fk'], ['ab_user.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('email'),
    sa.UniqueConstraint('username')
    )
    op.create_table('ab_view_menu',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=250), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('name')
    )
    op.create_table('calendar_edition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('document', sa.Text(), nullable=False),
    sa.Column('published_by', sa.String(length=128), nullable=False),
    sa.Column('published_at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('digest')
    )
    op.create_table('counter',
    sa.Column('register', sa.String(length=60), nullable=False),
    sa.Column('scope', sa.String(length=80), nullable=False),
    sa.Column('series', sa.String(length=60), nullable=False),
    sa.Column('period', sa.String(length=10), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('register', 'scope', 'series', 'period')
    )
    op.create_table('heartbeat',
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('name')
    )
    op.create_table('incident',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('place', sa.String(length=40), nullable=False),
    sa.Column('subject', sa.String(length=120), nullable=False),
    sa.Column('fault', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_incident_at'), 'incident', ['at'], unique=False)
    op.create_table('login_attempt',
    sa.Column('username', sa.String(length=64), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('locked_until', sa.DateTime(), nullable=True),
    sa.PrimaryKeyConstraint('username')
    )
    op.create_table('organisation_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('document', sa.Text(), nullable=False),
    sa.Column('published_by', sa.String(length=128), nullable=False),
    sa.Column('published_at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('digest')
    )
    op.create_table('procedure_grant',
    sa.Column('procedure_key', sa.String(length=121), nullable=False),
    sa.Column('position', sa.String(length=128), nullable=False),
    sa.Column('permission', sa.String(length=40), nullable=False),
    sa.Column('field', sa.String(length=60), nullable=False),
    sa.PrimaryKeyConstraint('procedure_key', 'position', 'permission')
    )
    op.create_index('ix_procedure_grant_field', 'procedure_grant', ['field', 'position', 'permission'], unique=False)
    op.create_table('procedure_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=121), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('current', sa.Boolean(), nullable=False),
    sa.Column('title', sa.String(length=500), nullable=False),
    sa.Column('short_title', sa.String(length=60), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('field', sa.String(length=60), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('channels', sa.String(length=60), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('expanded', sa.Text(), nullable=False),
    sa.Column('published_by', sa.String(length=128), nullable=False),
    sa.Column('published_at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('key', 'number')
    )
    op.create_index('ix_procedure_version_current', 'procedure_version', ['current', 'key'], unique=False)
    op.create_index(op.f('ix_procedure_version_field'), 'procedure_version', ['field'], unique=False)
    op.create_table('reader_set',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('digest')
    )
    op.create_table('source_text',
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('sha256')
    )
    op.create_table('ab_api_key',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('uuid', sa.String(length=36), nullable=False),
    sa.Column('name', sa.String(length=256), nullable=False),
    sa.Column('key_hash', sa.String(length=256), nullable=False),
    sa.Column('lookup_hash', sa.String(length=256), nullable=True),
    sa.Column('key_prefix', sa.String(length=16), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('scopes', sa.Text(), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('created_on', sa.DateTime(), nullable=True),
    sa.Column('expires_on', sa.DateTime(), nullable=True),
    sa.Column('revoked_on', sa.DateTime(), nullable=True),
    sa.Column('last_used_on', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('lookup_hash'),
    sa.UniqueConstraint('uuid')
    )
    op.create_index('idx_api_key_lookup_hash', 'ab_api_key', ['lookup_hash'], unique=True)
    op.create_index('idx_api_key_prefix', 'ab_api_key', ['key_prefix'], unique=False)
    op.create_index('idx_api_key_user_id', 'ab_api_key', ['user_id'], unique=False)
    op.create_table('ab_group_role',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.Column('role_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['group_id'], ['ab_group.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['role_id'], ['ab_role.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('group_id', 'role_id')
    )
    op.create_index('idx_group_id', 'ab_group_role', ['group_id'], unique=False)
    op.create_index('idx_group_role_id', 'ab_group_role', ['role_id'], unique=False)
    op.create_table('ab_permission_view',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('permission_id', sa.Integer(), nullable=False),
    sa.Column('view_menu_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['permission_id'], ['ab_permission.id'], ),
    sa.ForeignKeyConstraint(['view_menu_id'], ['ab_view_menu.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('permission_id', 'view_menu_id')
    )
    op.create_index('idx_permission_id', 'ab_permission_view', ['permission_id'], unique=False)
    op.create_index('idx_view_menu_id', 'ab_permission_view', ['view_menu_id'], unique=False)
    op.create_table('ab_user_group',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('group_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['group_id'], ['ab_group.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('user_id', 'group_id')
    )
    op.create_index('idx_user_group_id', 'ab_user_group', ['group_id'], unique=False)
    op.create_index('idx_user_id', 'ab_user_group', ['user_id'], unique=False)
    op.create_table('ab_user_role',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('role_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['role_id'], ['ab_role.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('user_id', 'role_id')
    )
    op.create_table('account',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('must_change_password', sa.Boolean(), nullable=False),
    sa.Column('password_changed_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], ),
    sa.PrimaryKeyConstraint('user_id')
    )
    op.create_table('account_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by', sa.String(length=128), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('detail', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_account_event_user_id'), 'account_event', ['user_id'], unique=False)
    op.create_table('catalogue_epoch',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('epoch', sa.Integer(), nullable=False),
    sa.Column('organisation_version_id', sa.Integer(), nullable=False),
    sa.Column('calendar_edition_id', sa.Integer(), nullable=False),
    sa.Column('raised_at', sa.DateTime(), nullable=False),
    sa.Column('followed_id', sa.Integer(), nullable=False),
    sa.Column('followed_to', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['calendar_edition_id'], ['calendar_edition.id'], ),
    sa.ForeignKeyConstraint(['followed_id'], ['organisation_version.id'], ),
    sa.ForeignKeyConstraint(['organisation_version_id'], ['organisation_version.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_table('dossier',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('procedure_key', sa.String(length=121), nullable=False),
    sa.Column('procedure_number', sa.Integer(), nullable=False),
    sa.Column('field', sa.String(length=60), nullable=False),
    sa.Column('agency', sa.String(length=60), nullable=False),
    sa.Column('authority', sa.String(length=60), nullable=False),
    sa.Column('unit', sa.String(length=60), nullable=False),
    sa.Column('code', sa.String(length=80).with_variant(sa.String(length=80, collation='C'), 'postgresql'), nullable=True),
    sa.Column('status', sa.String(length=20), nullable=False),
    sa.Column('closed', sa.Boolean(), nullable=False),
    sa.Column('channel', sa.String(length=20), nullable=False),
    sa.Column('variant', sa.String(length=60), nullable=False),
    sa.Column('step_keys', sa.String(length=500), nullable=False),
    sa.Column('step_titles', sa.String(length=500), nullable=False),
    sa.Column('holder', sa.String(length=128), nullable=False),
    sa.Column('applicant_kind', sa.String(length=40), nullable=False),
    sa.Column('applicant_name', sa.String(length=300), nullable=False),
    sa.Column('applicant_sort', sa.String(length=400).with_variant(sa.String(length=400, collation='C'), 'postgresql'), nullable=False),
    sa.Column('applicant_phone', sa.String(length=40), nullable=False),
    sa.Column('applicant_address', sa.String(length=500), nullable=False),
    sa.Column('applicant_identity', sa.String(length=64), nullable=False),
    sa.Column('applicant_mark', sa.String(length=64), nullable=True),
    sa.Column('sent_at', sa.DateTime(), nullable=True),
    sa.Column('received_at', sa.DateTime(), nullable=True),
    sa.Column('accepted_at', sa.DateTime(), nullable=True),
    sa.Column('due_at', sa.DateTime(), nullable=True),
    sa.Column('first_due_at', sa.DateTime(), nullable=True),
    sa.Column('legal_due_at', sa.DateTime(), nullable=True),
    sa.Column('finished_at', sa.DateTime(), nullable=True),
    sa.Column('returned_at', sa.DateTime(), nullable=True),
    sa.Column('clock_state', sa.String(length=20), nullable=False),
    sa.Column('result_class', sa.String(length=20), nullable=False),
    sa.Column('search', sa.Text(), nullable=False),
    sa.Column('answers', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('reader_set_id', sa.Integer(), nullable=False),
    sa.Column('row_version', sa.Integer(), nullable=False),
    sa.Column('updated_by', sa.String(length=128), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.Column('head_hash', sa.String(length=64), nullable=False),
    sa.Column('head_mac', sa.String(length=120), nullable=False),
    sa.ForeignKeyConstraint(['reader_set_id'], ['reader_set.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('code')
    )
    op.create_index('ix_dossier_all_due', 'dossier', ['due_at', 'id'], unique=False)
    op.create_index('ix_dossier_applicant', 'dossier', ['procedure_key', 'applicant_sort', 'id'], unique=False)
    op.create_index(op.f('ix_dossier_applicant_mark'), 'dossier', ['applicant_mark'], unique=False)
    op.create_index('ix_dossier_code', 'dossier', ['procedure_key', 'code', 'id'], unique=False)
    op.create_index('ix_dossier_counted', 'dossier', ['procedure_key', 'closed', 'reader_set_id', 'id'], unique=False)
    op.create_index('ix_dossier_due', 'dossier', ['procedure_key', 'due_at', 'id'], unique=False)
    op.create_index('ix_dossier_field_status', 'dossier', ['field', 'status', 'due_at', 'id'], unique=False)
    op.create_index('ix_dossier_finished', 'dossier', ['procedure_key', 'finished_at', 'id'], unique=False)
    op.create_index('ix_dossier_holder', 'dossier', ['procedure_key', 'holder', 'due_at', 'id'], unique=False)
    op.create_index('ix_dossier_open', 'dossier', ['procedure_key', 'closed', 'due_at', 'id'], unique=False)
    op.create_index('ix_dossier_readers', 'dossier', ['reader_set_id', 'procedure_key', 'due_at', 'id'], unique=False)
    op.create_index('ix_dossier_received', 'dossier', ['procedure_key', 'received_at', 'id'], unique=False)
    op.create_index('ix_dossier_status', 'dossier', ['procedure_key', 'status', 'due_at', 'id'], unique=False)
    op.create_index('ix_dossier_unit', 'dossier', ['procedure_key', 'unit', 'due_at', 'id'], unique=False)
    op.create_table('draft',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('procedure_key', sa.String(length=121), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=False),
    sa.Column('updated_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_draft_user_id'), 'draft', ['user_id'], unique=False)
    op.create_table('login_session',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('ticket', sa.String(length=64), nullable=False),
    sa.Column('started_at', sa.DateTime(), nullable=False),
    sa.Column('seen_at', sa.DateTime(), nullable=False),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('ticket')
    )
    op.create_index(op.f('ix_login_session_user_id'), 'login_session', ['user_id'], unique=False)
    op.create_table('posting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.String(length=128), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('set_by', sa.String(length=128), nullable=False),
    sa.Column('set_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['ab_user.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_posting_position'), 'posting', ['position'], unique=False)
    op.create_index(op.f('ix_posting_user_id'), 'posting', ['user_id'], unique=False)
    op.create_table('reader',
    sa.Column('position', sa.String(length=128), nullable=False),
    sa.Column('reader_set_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['reader_set_id'], ['reader_set.id'], ),
    sa.PrimaryKeyConstraint('position', 'reader_set_id')
    )
    op.create_table('version_source',
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('path', sa.String(length=300), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['sha256'], ['source_text.sha256'], ),
    sa.ForeignKeyConstraint(['version_id'], ['procedure_version.id'], ),
    sa.PrimaryKeyConstraint('version_id', 'path')
    )
    op.create_table('ab_permission_view_role',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('permission_view_id', sa.Integer(), nullable=True),
    sa.Column('role_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['permission_view_id'], ['ab_permission_view.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['role_id'], ['ab_role.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('permission_view_id', 'role_id')
    )
    op.create_index('idx_permission_view_id', 'ab_permission_view_role', ['permission_view_id'], unique=False)
    op.create_index('idx_role_id', 'ab_permission_view_role', ['role_id'], unique=False)
    op.create_table('event',
    sa.Column('dossier_id', sa.Integer(), nullable=False),
    sa.Column('sequence', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('type', sa.String(length=40), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('actor', sa.String(length=128), nullable=False),
    sa.Column('data', sa.Text(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('mac', sa.String(length=120), nullable=False),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossier.id'], ),
    sa.PrimaryKeyConstraint('dossier_id', 'sequence')
    )
    op.create_table('field_value',
    sa.Column('dossier_id', sa.Integer(), nullable=False),
    sa.Column('field', sa.String(length=90), nullable=False),
    sa.Column('row', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('part', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('procedure_key', sa.String(length=121), nullable=False),
    sa.Column('text', sa.String(length=200), nullable=True),
    sa.Column('sort', sa.String(length=300).with_variant(sa.String(length=300, collation='C'), 'postgresql'), nullable=True),
    sa.Column('folded', sa.String(length=200), nullable=True),
    sa.Column('number', sa.Double(), nullable=True),
    sa.Column('date', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossier.id'], ),
    sa.PrimaryKeyConstraint('dossier_id', 'field', 'row', 'part')
    )
    op.create_index('ix_field_value_date', 'field_value', ['procedure_key', 'field', 'date', 'dossier_id'], unique=False)
    op.create_index('ix_field_value_number', 'field_value', ['procedure_key', 'field', 'number', 'dossier_id'], unique=False)
    op.create_index('ix_field_value_sort', 'field_value', ['procedure_key', 'field', 'sort', 'dossier_id'], unique=False)
    op.create_index('ix_field_value_text', 'field_value', ['procedure_key', 'field', 'text', 'dossier_id'], unique=False)
    op.create_table('file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('place', sa.String(length=120), nullable=False),
    sa.Column('dossier_id', sa.Integer(), nullable=True),
    sa.Column('draft_id', sa.Integer(), nullable=True),
    sa.Column('uploaded_by', sa.String(length=128), nullable=False),
    sa.Column('uploaded_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossier.id'], ),
    sa.ForeignKeyConstraint(['draft_id'], ['draft.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_file_dossier_id'), 'file', ['dossier_id'], unique=False)
    op.create_index(op.f('ix_file_draft_id'), 'file', ['draft_id'], unique=False)
    op.create_index(op.f('ix_file_sha256'), 'file', ['sha256'], unique=False)
    op.create_table('idempotency_key',
    sa.Column('user_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('dossier_id', sa.Integer(), nullable=False),
    sa.Column('row_version', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossier.id'], ),
    sa.PrimaryKeyConstraint('user_id', 'key')
    )
    op.create_index(op.f('ix_idempotency_key_at'), 'idempotency_key', ['at'], unique=False)
    op.create_table('outbox',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('dossier_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('payload', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('next_at', sa.DateTime(), nullable=False),
    sa.Column('sent_at', sa.DateTime(), nullable=True),
    sa.Column('fault', sa.String(length=500), nullable=False),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossier.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('key')
    )
    op.create_index(op.f('ix_outbox_dossier_id'), 'outbox', ['dossier_id'], unique=False)
    op.create_index('ix_outbox_next', 'outbox', ['state', 'next_at', 'id'], unique=False)
    op.create_table('payment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dossier_id', sa.Integer(), nullable=False),
    sa.Column('fee', sa.String(length=60), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('manner', sa.String(length=40), nullable=False),
    sa.Column('receipt', sa.String(length=100), nullable=False),
    sa.Column('received_by', sa.String(length=128), nullable=False),
    sa.Column('paid_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossier.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_payment_dossier_id'), 'payment', ['dossier_id'], unique=False)
    op.create_index(op.f('ix_payment_paid_at'), 'payment', ['paid_at'], unique=False)
    op.create_index(op.f('ix_payment_receipt'), 'payment', ['receipt'], unique=False)
    op.create_table('print',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dossier_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('template_version', sa.String(length=60), nullable=False),
    sa.Column('data', sa.LargeBinary(), nullable=False),
    sa.Column('created_by', sa.String(length=128), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('rendered_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossier.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('dossier_id', 'number')
    )
    op.create_table('reader_person',
    sa.Column('username', sa.String(length=128), nullable=False),
    sa.Column('dossier_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossier.id'], ),
    sa.PrimaryKeyConstraint('username', 'dossier_id')
    )
    op.create_index(op.f('ix_reader_person_dossier_id'), 'reader_person', ['dossier_id'], unique=False)
    op.create_table('sealed_value',
    sa.Column('dossier_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('key_id', sa.String(length=40), nullable=False),
    sa.Column('value', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossier.id'], ),
    sa.PrimaryKeyConstraint('dossier_id', 'digest')
    )
    op.create_table('timer',
    sa.Column('dossier_id', sa.Integer(), nullable=False),
    sa.Column('due_at', sa.DateTime(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossier.id'], ),
    sa.PrimaryKeyConstraint('dossier_id')
    )
    op.create_index('ix_timer_due', 'timer', ['state', 'due_at'], unique=False)
    op.create_table('visit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dossier_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('step', sa.String(length=60), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('holder', sa.String(length=128), nullable=False),
    sa.Column('actor', sa.String(length=128), nullable=False),
    sa.Column('chosen', sa.String(length=60), nullable=False),
    sa.Column('entered_at', sa.DateTime(), nullable=False),
    sa.Column('due_at', sa.DateTime(), nullable=True),
    sa.Column('left_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossier.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('dossier_id', 'number')
    )
    op.create_index('ix_visit_actor', 'visit', ['actor', 'dossier_id'], unique=False)
    op.create_index('ix_visit_holder', 'visit', ['holder', 'left_at', 'due_at'], unique=False)
    op.create_index('ix_visit_step', 'visit', ['step', 'left_at', 'dossier_id'], unique=False)
    op.create_table('visit_position',
    sa.Column('position', sa.String(length=128), nullable=False),
    sa.Column('visit_id', sa.Integer(), nullable=False),
    sa.Column('field', sa.String(length=60), nullable=False),
    sa.Column('dossier_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossier.id'], ),
    sa.ForeignKeyConstraint(['visit_id'], ['visit.id'], ),
    sa.PrimaryKeyConstraint('position', 'visit_id')
    )
    op.create_index('ix_visit_position_counted', 'visit_position', ['position', 'field', 'dossier_id'], unique=False)
    op.create_index(op.f('ix_visit_position_visit_id'), 'visit_position', ['visit_id'], unique=False)
    make_search_index()
    op.bulk_insert(sa.table('ab_role', sa.column('name')), [{'name': 'administrator'}, {'name': 'translator'}])


def downgrade() -> None:
    drop_search_index()
    op.drop_index(op.f('ix_visit_position_visit_id'), table_name='visit_position')
    op.drop_index('ix_visit_position_counted', table_name='visit_position')
    op.drop_table('visit_position')
    op.drop_index('ix_visit_step', table_name='visit')
    op.drop_index('ix_visit_holder', table_name='visit')
    op.drop_index('ix_visit_actor', table_name='visit')
    op.drop_table('visit')
    op.drop_index('ix_timer_due', table_name='timer')
    op.drop_table('timer')
    op.drop_table('sealed_value')
    op.drop_index(op.f('ix_reader_person_dossier_id'), table_name='reader_person')
    op.drop_table('reader_person')
    op.drop_table('print')
    op.drop_index(op.f('ix_payment_receipt'), table_name='payment')
    op.drop_index(op.f('ix_payment_paid_at'), table_name='payment')
    op.drop_index(op.f('ix_payment_dossier_id'), table_name='payment')
    op.drop_table('payment')
    op.drop_index('ix_outbox_next', table_name='outbox')
    op.drop_index(op.f('ix_outbox_dossier_id'), table_name='outbox')
    op.drop_table('outbox')
    op.drop_index(op.f('ix_idempotency_key_at'), table_name='idempotency_key')
    op.drop_table('idempotency_key')
    op.drop_index(op.f('ix_file_sha256'), table_name='file')
    op.drop_index(op.f('ix_file_draft_id'), table_name='file')
    op.drop_index(op.f('ix_file_dossier_id'), table_name='file')
    op.drop_table('file')
    op.drop_index('ix_field_value_text', table_name='field_value')
    op.drop_index('ix_field_value_sort', table_name='field_value')
    op.drop_index('ix_field_value_number', table_name='field_value')
    op.drop_index('ix_field_value_date', table_name='field_value')
    op.drop_table('field_value')
    op.drop_table('event')
    op.drop_index('idx_role_id', table_name='ab_permission_view_role')
    op.drop_index('idx_permission_view_id', table_name='ab_permission_view_role')
    op.drop_table('ab_permission_view_role')
    op.drop_table('version_source')
    op.drop_table('reader')
    op.drop_index(op.f('ix_posting_user_id'), table_name='posting')
    op.drop_index(op.f('ix_posting_position'), table_name='posting')
    op.drop_table('posting')
    op.drop_index(op.f('ix_login_session_user_id'), table_name='login_session')
    op.drop_table('login_session')
    op.drop_index(op.f('ix_draft_user_id'), table_name='draft')
    op.drop_table('draft')
    op.drop_index('ix_dossier_unit', table_name='dossier')
    op.drop_index('ix_dossier_status', table_name='dossier')
    op.drop_index('ix_dossier_received', table_name='dossier')
    op.drop_index('ix_dossier_readers', table_name='dossier')
    op.drop_index('ix_dossier_open', table_name='dossier')
    op.drop_index('ix_dossier_holder', table_name='dossier')
    op.drop_index('ix_dossier_finished', table_name='dossier')
    op.drop_index('ix_dossier_field_status', table_name='dossier')
    op.drop_index('ix_dossier_due', table_name='dossier')
    op.drop_index('ix_dossier_counted', table_name='dossier')
    op.drop_index('ix_dossier_code', table_name='dossier')
    op.drop_index(op.f('ix_dossier_applicant_mark'), table_name='dossier')
    op.drop_index('ix_dossier_applicant', table_name='dossier')
    op.drop_index('ix_dossier_all_due', table_name='dossier')
    op.drop_table('dossier')
    op.drop_table('catalogue_epoch')
    op.drop_index(op.f('ix_account_event_user_id'), table_name='account_event')
    op.drop_table('account_event')
    op.drop_table('account')
    op.drop_table('ab_user_role')
    op.drop_index('idx_user_id', table_name='ab_user_group')
    op.drop_index('idx_user_group_id', table_name='ab_user_group')
    op.drop_table('ab_user_group')
    op.drop_index('idx_view_menu_id', table_name='ab_permission_view')
    op.drop_index('idx_permission_id', table_name='ab_permission_view')
    op.drop_table('ab_permission_view')
    op.drop_index('idx_group_role_id', table_name='ab_group_role')
    op.drop_index('idx_group_id', table_name='ab_group_role')
    op.drop_table('ab_group_role')
    op.drop_index('idx_api_key_user_id', table_name='ab_api_key')
    op.drop_index('idx_api_key_prefix', table_name='ab_api_key')
    op.drop_index('idx_api_key_lookup_hash', table_name='ab_api_key')
    op.drop_table('ab_api_key')
    op.drop_table('source_text')
    op.drop_table('reader_set')
    op.drop_index(op.f('ix_procedure_version_field'), table_name='procedure_version')
    op.drop_index('ix_procedure_version_current', table_name='procedure_version')
    op.drop_table('procedure_version')
    op.drop_index('ix_procedure_grant_field', table_name='procedure_grant')
    op.drop_table('procedure_grant')
    op.drop_table('organisation_version')
    op.drop_table('login_attempt')
    op.drop_index(op.f('ix_incident_at'), table_name='incident')
    op.drop_table('incident')
    op.drop_table('heartbeat')
    op.drop_table('counter')
    op.drop_table('calendar_edition')
    op.drop_table('ab_view_menu')
    op.drop_table('ab_user')
    op.drop_table('ab_role')
    op.drop_table('ab_register_user')
    op.drop_table('ab_permission')
    op.drop_table('ab_group')


# Folded words, each after a space: both databases find the beginning of a word, in the middle of the text too.
FTS5 = """CREATE VIRTUAL TABLE dossier_search USING fts5(
    search, content='dossier', content_rowid='id', tokenize='unicode61 remove_diacritics 0', prefix='2 3')"""
FTS5_TRIGGERS = (
    """CREATE TRIGGER dossier_search_insert AFTER INSERT ON dossier BEGIN
        INSERT INTO dossier_search(rowid, search) VALUES (new.id, new.search);
    END""",
    """CREATE TRIGGER dossier_search_delete AFTER DELETE ON dossier BEGIN
        INSERT INTO dossier_search(dossier_search, rowid, search) VALUES ('delete', old.id, old.search);
    END""",
    """CREATE TRIGGER dossier_search_update AFTER UPDATE OF search ON dossier WHEN old.search <> new.search BEGIN
        INSERT INTO dossier_search(dossier_search, rowid, search) VALUES ('delete', old.id, old.search);
        INSERT INTO dossier_search(rowid, search) VALUES (new.id, new.search);
    END""",
)


def make_search_index() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for statement in (FTS5, *FTS5_TRIGGERS):
            op.execute(statement)
    else:
        op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        op.execute("CREATE INDEX ix_dossier_search_words ON dossier USING gin (search gin_trgm_ops)")


def drop_search_index() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE dossier_search")
