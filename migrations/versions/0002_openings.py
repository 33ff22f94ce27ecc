"""Who looked at the sensitive values of a dossier.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('opening',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('dossier_id', sa.Integer(), nullable=False),
    sa.Column('username', sa.String(length=128), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['dossier_id'], ['dossier.id']),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_opening_dossier_id'), 'opening', ['dossier_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_opening_dossier_id'), table_name='opening')
    op.drop_table('opening')
