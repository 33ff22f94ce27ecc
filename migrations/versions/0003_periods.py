"""Which period a dossier of a recurring procedure belongs to, and which one it goes on from.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('dossier', sa.Column('period', sa.String(length=20), nullable=False, server_default=''))
    op.add_column('dossier', sa.Column('follows', sa.Integer(), nullable=True))
    op.create_index('ix_dossier_period', 'dossier', ['procedure_key', 'period', 'id'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_dossier_period', table_name='dossier')
    op.drop_column('dossier', 'follows')
    op.drop_column('dossier', 'period')
