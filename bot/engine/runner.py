"""Runs a model's graph in a straight line.

Rasa works out for every message which components it needs, in which order, and has dask schedule them. Both stay the
same as long as the model does, and one message's components can't run side by side in any case.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Optional, Sequence

from rasa.engine.graph import ExecutionContext, GraphNode, GraphNodeHook, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelStorage


class StraightRunner(GraphRunner):
    """The nodes of a graph, one after another."""

    def __init__(self, schema: GraphSchema, nodes: dict[str, GraphNode]) -> None:
        self._schema, self._nodes = schema, nodes
        self._order = lru_cache(maxsize=None)(self._ordered)

    @classmethod
    def create(
        cls,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: Optional[list[GraphNodeHook]] = None,
    ) -> StraightRunner:
        """The runner with its components loaded, which is done as Rasa's own runner does it."""
        return cls.instead_of(DaskGraphRunner.create(graph_schema, model_storage, execution_context, hooks))

    @classmethod
    def instead_of(cls, dask: DaskGraphRunner) -> StraightRunner:
        """A runner of the same components."""
        return cls(dask._graph_schema, dask._instantiated_nodes)

    def run(self, inputs: Optional[dict[str, Any]] = None, targets: Optional[Sequence[str]] = None) -> dict[str, Any]:
        """What the targets give for these inputs."""
        targets = tuple(targets or self._schema.target_names)
        done = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, needs in self._order(targets):
            done[name] = self._nodes[name](*(done.get(needed, needed) for needed in needs))
        return dict(done[target] for target in targets)

    def _ordered(self, targets: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
        """The nodes that these targets need, each after what it needs, with the names of that."""
        order: dict[str, tuple[str, ...]] = {}

        def visit(name: str) -> None:
            node = self._schema.nodes.get(name)  # an input of the whole graph is no node
            if node is not None and name not in order:
                needs = tuple(node.needs.values())
                for needed in needs:
                    visit(needed)
                order[name] = needs

        for target in targets:
            visit(target)
        return list(order.items())
